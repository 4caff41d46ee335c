package dev.millrace.sentiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FearGreedClientTest {

    private final FakeSource source = new FakeSource();
    private final Counters counters = new Counters();
    private final List<Long> pauses = new ArrayList<>();
    private long monotonicNs;
    private final FearGreedClient client = new FearGreedClient(
            source.url(),
            Optional.empty(),
            source.records,
            () -> 77,
            new RequestPace(Duration.ofSeconds(1), () -> monotonicNs, this::pause),
            counters);

    private void pause(long ns) {
        pauses.add(ns);
        monotonicNs += ns;
    }

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void shouldAskForDaysAndForAllAndJournalEachReply() throws Exception {
        source.reply(200, FakeSource.body(71));
        source.reply(200, FakeSource.body(72));
        assertEquals(71, client.newest(2).newest().orElseThrow().value());
        assertEquals(72, client.history().newest().orElseThrow().value());
        assertEquals(List.of("/fng/?limit=2&format=json", "/fng/?limit=0&format=json"), source.questions());
        MarketEvent last = source.records.events().get(1);
        assertEquals(RecordKind.SENTIMENT, last.kind());
        assertEquals(Source.of(Source.FEAR_GREED, 0, 2), last.source());
        assertEquals(77, last.receiveNs());
        assertEquals(
                "200 /fng/?limit=0&format=json\n" + FakeSource.body(72),
                source.records.payloads().get(1));
    }

    @Test
    void shouldAskAtMostOnceASecond() throws Exception {
        for (int i = 0; i < 4; i++) {
            source.reply(200, FakeSource.body(50));
        }
        client.newest(2);
        monotonicNs += 300_000_000;
        client.newest(2);
        client.newest(2);
        monotonicNs += 1_000_000_000;
        client.newest(2);
        assertEquals(List.of(700_000_000L, 1_000_000_000L), pauses);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500|busy|HTTP 500",
                "429|slow down|HTTP 429",
                "200|null|not one JSON object",
                "200|<html>|is not JSON",
            })
    void shouldSayWhatCameInsteadAndJournalItAllTheSame(int status, String body, String words) {
        source.reply(status, body);
        SentimentException refused = assertThrows(SentimentException.class, () -> client.newest(2));
        assertTrue(refused.getMessage().startsWith(source.url() + "?limit=2&format=json: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
        assertEquals(
                status + " /fng/?limit=2&format=json\n" + body,
                source.records.payloads().get(0));
        assertEquals(1, counters.value("sentiment.failures"));
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        source.close();
        SentimentException refused = assertThrows(SentimentException.class, () -> client.newest(2));
        assertTrue(refused.getMessage().contains(": no reply: "), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }
}
