package dev.millrace.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigLoader;
import dev.millrace.config.JournalConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import dev.millrace.quality.DayStreams;
import dev.millrace.quality.DayStreams.Cadence;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal made by hand, whose figures are counted by hand. */
class JournalStreamsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-21");
    private static final long DAY_MS = 86_400_000;
    private static final long FROM_MS = DAY.toEpochDay() * DAY_MS;
    private static final long REVISABLE_MS = 600_000;
    private static final ResultConfig RESULTS =
            new ConfigLoader(Map.of(), 2).load(List.of(), List.of()).engine().results();

    @TempDir
    Path folder;

    private JournalWriter journal;

    @BeforeEach
    void open() {
        journal = JournalWriter.open(
                folder, JournalConfig.keepingAll(Duration.ofDays(1), 64), () -> FROM_MS * 1_000_000, new Counters());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /** The connection's first frame is the past: it tells of no clock, but what it repeats was dropped. */
    @Test
    void shouldCountWhatCameTwiceAndHowLateNewsIs() throws Exception {
        trades(1, 1_000, "BTC", 1, 100, 2, 200);
        trades(1, 5_050, "BTC", 3, 5_000);
        trades(2, 9_000, "BTC", 2, 200, 3, 5_000, 4, 8_000);
        trades(2, 10_030, "BTC", 5, 10_000);
        trades(1, 10_900, "BTC", 5, 10_000);
        trades(2, 11_700, "BTC", 5, 10_000, 6, 11_000);
        trades(2, DAY_MS + 50, "BTC", 7, DAY_MS + 10);
        trades(1, DAY_MS + 60, "BTC", 7, DAY_MS + 10);
        DayStreams day = read().get("BTC");
        assertEquals(4, day.duplicates(), "2, 3, and 5 twice; the last one is of the next day");
        assertEquals(OptionalLong.of(50), day.offsetP50Ms(), "of 30, 50 and 700");
        assertEquals(OptionalLong.of(700), day.offsetP99Ms());
        assertEquals(Map.of(), day.cadences());
    }

    /** Seven of eight intervals are of 5 s; the last frame is late by 700 ms. A copy over another connection counts for nothing. */
    @Test
    void shouldMeasureTheCadenceOfEachStream() throws Exception {
        for (int i = 0; i < 8; i++) {
            book(1, 20_000 + i * 5_000L + 100, "BTC", 20_000 + i * 5_000L);
            book(2, 20_000 + i * 5_000L + 130, "BTC", 20_000 + i * 5_000L);
        }
        book(1, 64_700, "BTC", 64_000);
        for (int i = 0; i < 9; i++) {
            book(1, 100_000 + i * 2_000L, "ETH", 100_000 + i * 2_000L);
        }
        for (int i = 0; i < 8; i++) {
            context(200_000 + i * 1_000L, "BTC"); // seven intervals: too few
        }
        Map<String, DayStreams> all = read();
        assertEquals(Map.of("l2Book", new Cadence(5_000, 5_000)), all.get("BTC").cadences());
        assertEquals(Map.of("l2Book", new Cadence(2_000, 5_000)), all.get("ETH").cadences(), "the upper of two");
        assertEquals(OptionalLong.of(100), all.get("BTC").offsetP50Ms());
        assertEquals(OptionalLong.of(700), all.get("BTC").offsetP99Ms());
    }

    @Test
    void shouldStopWhereBothClocksAreBehindTheDayAndItsRevisions() throws Exception {
        trades(1, 1_000, "BTC", 1, 100);
        trades(1, 2_000, "BTC", 2, DAY_MS * 9); // a stamp that is absurd ends nothing
        trades(1, 3_000, "BTC", 1, 100);
        trades(1, DAY_MS + REVISABLE_MS - 1, "BTC", 1, 100);
        trades(1, DAY_MS + REVISABLE_MS, "BTC", 3, DAY_MS + REVISABLE_MS);
        trades(1, DAY_MS + REVISABLE_MS + 1, "BTC", 1, 100);
        assertEquals(2, read().get("BTC").duplicates());
    }

    @Test
    void shouldEndWhereItsThreadIsInterrupted() {
        trades(1, 1_000, "BTC", 1, 100);
        Thread.currentThread().interrupt();
        try {
            assertThrows(InterruptedIOException.class, this::read);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    private Map<String, DayStreams> read() throws InterruptedIOException {
        return JournalStreams.read(folder, DAY, 1, RESULTS);
    }

    /** @param tidsAndTimes in turn; times are ms of the day */
    private void trades(int connection, long receivedMs, String coin, long... tidsAndTimes) {
        StringBuilder trades = new StringBuilder();
        for (int i = 0; i < tidsAndTimes.length; i += 2) {
            trades.append(i == 0 ? "" : ",")
                    .append("{\"coin\":\"")
                    .append(coin)
                    .append("\",\"side\":\"B\",\"px\":\"10.0\",\"sz\":\"1.0\",\"hash\":\"0x0\",\"time\":")
                    .append(FROM_MS + tidsAndTimes[i + 1])
                    .append(",\"tid\":")
                    .append(tidsAndTimes[i])
                    .append('}');
        }
        frame(connection, receivedMs, "{\"channel\":\"trades\",\"data\":[" + trades + "]}");
    }

    private void book(int connection, long receivedMs, String coin, long timeMs) {
        frame(
                connection,
                receivedMs,
                "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"" + coin + "\",\"time\":" + (FROM_MS + timeMs)
                        + ",\"levels\":[[{\"px\":\"9.0\",\"sz\":\"1.0\",\"n\":1}],[{\"px\":\"11.0\",\"sz\":\"1.0\",\"n\":1}]]}}");
    }

    private void context(long receivedMs, String coin) {
        frame(
                1,
                receivedMs,
                "{\"channel\":\"activeAssetCtx\",\"data\":{\"coin\":\"" + coin
                        + "\",\"ctx\":{\"funding\":\"0.0\",\"openInterest\":\"1.0\",\"prevDayPx\":\"10.0\",\"dayNtlVlm\":\"1.0\","
                        + "\"premium\":\"0.0\",\"oraclePx\":\"10.0\",\"markPx\":\"10.0\",\"midPx\":\"10.0\",\"impactPxs\":"
                        + "[\"9.0\",\"11.0\"],\"dayBaseVlm\":\"1.0\"}}}");
    }

    private void frame(int connection, long receivedMs, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        MarketEvent event = new MarketEvent(payload.length);
        System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
        event.set(
                RecordKind.FRAME,
                Source.of(Source.HYPERLIQUID_WS, connection, 0),
                (FROM_MS + receivedMs) * 1_000_000,
                payload.length);
        journal.append(event);
    }
}
