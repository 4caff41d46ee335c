package dev.millrace.sentiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FearGreedPollingTest {

    private static final Duration SELDOM = Duration.ofDays(1);

    private final FakeSource source = new FakeSource();
    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());
    /** Every look at it takes two seconds, so that no reply is too fresh to ask again. */
    private final AtomicLong nowNs = new AtomicLong(Duration.ofDays(1).toNanos());

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void shouldKeepTheValueAndMarkItWhileTheSourceFails() throws Exception {
        source.reply(200, FakeSource.body(71));
        source.reply(200, FakeSource.body(71));
        try (FearGreedPolling polling = start(() -> nowNs.addAndGet(2_000_000_000L))) {
            SentimentState failing = refresh(polling);
            assertEquals(71, failing.reading().orElseThrow().value());
            assertTrue(failing.stale(nowNs.get()).contains("HTTP 503"), failing.problem());
            refresh(polling);
            assertEquals(1, errors.entries().size(), "one warning, however often it fails");
            assertEquals(1, errors.entries().get(0).count());
            source.reply(200, FakeSource.body(30));
            SentimentState again = refresh(polling);
            assertEquals("", again.problem());
            assertEquals(30, again.reading().orElseThrow().value());
        }
        assertEquals(
                List.of("2", "0", "2", "2", "2"),
                source.questions().stream()
                        .map(question -> question.replaceAll(".*limit=(\\d+).*", "$1"))
                        .toList());
    }

    @Test
    void shouldNotTakeTodaysValueForStaleWhenOnlyThePastCannotBeRead() throws Exception {
        source.reply(200, FakeSource.body(71));
        source.reply(502, "");
        source.reply(200, FakeSource.body(71));
        source.reply(502, "");
        source.reply(200, FakeSource.body(71));
        source.reply(200, FakeSource.body(71));
        try (FearGreedPolling polling = start(() -> nowNs.addAndGet(2_000_000_000L))) {
            SentimentState known = refresh(polling);
            assertEquals("", known.problem());
            assertEquals(71, known.reading().orElseThrow().value());
            assertEquals("", refresh(polling).problem());
            assertEquals(1, errors.entries().get(0).count(), "told once");
        }
        assertEquals(
                List.of("2", "0", "2", "0", "2", "0"),
                source.questions().stream()
                        .map(question -> question.replaceAll(".*limit=(\\d+).*", "$1"))
                        .toList());
    }

    @Test
    void shouldAnswerARefreshByAReplyOfTheSameSecond() throws Exception {
        source.reply(200, FakeSource.body(71));
        source.reply(200, FakeSource.body(71));
        try (FearGreedPolling polling = start(nowNs::get)) {
            assertEquals(71, refresh(polling).reading().orElseThrow().value());
            assertEquals(71, refresh(polling).reading().orElseThrow().value());
        }
        assertEquals(2, source.questions().size());
    }

    private FearGreedPolling start(NanoClock clock) {
        RequestPace unhurried = new RequestPace(Duration.ofSeconds(1), () -> 0, ns -> {});
        FearGreedClient client =
                new FearGreedClient(source.url(), Optional.empty(), source.records, clock, unhurried, new Counters());
        return FearGreedPolling.start(client, SELDOM, clock, errors);
    }

    private static SentimentState refresh(FearGreedPolling polling) throws Exception {
        return polling.refresh().get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
    }
}
