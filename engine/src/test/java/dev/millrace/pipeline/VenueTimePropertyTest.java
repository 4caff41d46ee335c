package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ResultConfig;
import dev.millrace.market.Bar;
import dev.millrace.market.Lifecycle;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The venue's clock comes from the stream alone: whatever the local clock does, however fast a recording is played and
 * whatever absurd stamp comes by, the bars of a stream are the same. A failing seed is named.
 */
class VenueTimePropertyTest {

    private static final ResultConfig RESULTS = Tape.results(4096, Duration.ofMinutes(10), "1s", "1m", "1h");
    private static final long T0 = 1_700_000_000_000L;
    private static final long HOUR_MS = 3_600_000L;
    private static final long YEAR_MS = 365 * 24 * HOUR_MS;
    /** Longer than the clock is carried without a message: what ended before that is closed in every telling. */
    private static final long TAIL_MS = 20_000;

    @Test
    void shouldGiveTheSameBarsWhateverTheLocalClockDoes() {
        lives(1, 100);
    }

    @Test
    @Tag("stress")
    @Tag("stress-market")
    void shouldGiveTheSameBarsInManyLives() {
        lives(1_000_000, 5_000);
    }

    /** Held messages that came before a jump are not made late by it. */
    @Test
    void shouldApplyWhatWasHeldBeforeAJumpToItsOwnTime() {
        Tape tape = new Tape()
                .session(T0, RESULTS)
                .lifecycle(Lifecycle.CONNECTED, 1, T0)
                .frame(1, T0, Frames.tradesAck("A"));
        long[] times = {0, 11_000, 22_000, HOUR_MS, HOUR_MS + 1, HOUR_MS + 2};
        for (int i = 0; i < times.length; i++) {
            tape.frame(1, T0, Frames.trades(List.of(new VenueTrade("A", T0 + times[i], i, 100, 1, true))));
        }
        Counters counters = new Counters();
        Recorder recorder = new Recorder();
        tape.play(Recorder.market(recorder, counters));
        assertEquals(5, counters.value("clock.held"));
        assertEquals(6, counters.value("trades.barred"));
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), recorder.tids);
    }

    /** A held message and one of the same millisecond, plausible because it came a little later: arrival decides ties. */
    @Test
    void shouldApplyWhatWasHeldBeforeThePlausibleMessageThatOvertookIt() {
        Tape tape = new Tape()
                .session(T0, RESULTS)
                .lifecycle(Lifecycle.CONNECTED, 1, T0)
                .frame(1, T0, Frames.tradesAck("A"));
        long[] times = {0, 10_001, 10_001};
        for (int i = 0; i < times.length; i++) {
            tape.frame(1, T0 + i / 2, Frames.trades(List.of(new VenueTrade("A", T0 + times[i], i, 100 + i, 1, true))));
        }
        Counters counters = new Counters();
        Recorder recorder = new Recorder();
        tape.play(Recorder.market(recorder, counters));
        assertEquals(1, counters.value("clock.held"));
        assertEquals(List.of(0L, 1L, 2L), recorder.tids);
    }

    private static void lives(long firstSeed, int count) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            try {
                check(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        List<Message> stream = stream(random);
        String plain = bars(stream, receive -> receive, false);
        assertTrue(plain.length() > 2_000, plain);

        long offset = (random.nextInt(24) - 12) * HOUR_MS;
        assertEquals(plain, bars(stream, receive -> receive + offset, false), "hours off");
        assertEquals(plain, bars(stream, stepping(random), false), "stepping back and forth");
        assertEquals(plain, bars(stream, receive -> T0, false), "all in one instant");
        int factor = 2 + random.nextInt(1_000);
        assertEquals(plain, bars(stream, receive -> T0 + (receive - T0) / factor, false), factor + " times as fast");
        assertEquals(plain, bars(stream, receive -> T0 + (receive - T0) * 3, false), "three times slower");
        assertEquals(plain, bars(stream, receive -> receive, true), "an absurd stamp");
        assertEquals(plain, bars(stream, receive -> T0 + 7 * YEAR_MS, true), "absurd stamp, years later, at once");
    }

    /** Steps of up to hours either way, at random moments. */
    private static LongUnaryOperator stepping(Random random) {
        long[] step = {0};
        return receive -> {
            if (random.nextInt(20) == 0) {
                step[0] = (random.nextInt(12) - 6) * HOUR_MS + random.nextInt(100_000);
            }
            return receive + step[0];
        };
    }

    /** Something that the venue's connection gave; trades are empty for an acknowledgement. */
    private record Message(long receiveMs, String text, long timeMs) {}

    private static List<Message> stream(Random random) {
        List<Message> messages = new ArrayList<>();
        List<VenueTrade> sent = new ArrayList<>();
        long nowMs = T0;
        int hole = 50 + random.nextInt(50);
        for (int i = 0; i < 150; i++) {
            nowMs += random.nextInt(2_500);
            if (i == hole && random.nextBoolean()) {
                nowMs += 24 * HOUR_MS + random.nextInt(3_600_000);
            }
            List<VenueTrade> trades = new ArrayList<>();
            String coin = random.nextBoolean() ? "A" : "B";
            long late = i < hole && random.nextInt(15) == 0 ? random.nextInt(60_000) : 0;
            for (int n = random.nextInt(4); n >= 0; n--) {
                trades.add(new VenueTrade(
                        coin, nowMs - late, random.nextInt(1 << 30), 1 + random.nextInt(1_000), 7, n == 0));
            }
            if (random.nextInt(10) == 0 && !sent.isEmpty()) {
                trades = List.of(sent.get(sent.size() - 1));
            }
            sent.addAll(trades);
            long newest = trades.stream().mapToLong(VenueTrade::timeMs).max().orElseThrow();
            messages.add(new Message(nowMs + 200, Frames.trades(trades), newest));
        }
        return messages;
    }

    private static String bars(List<Message> stream, LongUnaryOperator receive, boolean absurd) {
        Tape tape = new Tape()
                .session(receive.applyAsLong(T0), RESULTS)
                .lifecycle(Lifecycle.CONNECTED, 1, receive.applyAsLong(T0))
                .frame(1, receive.applyAsLong(T0), Frames.tradesAck("A"))
                .frame(1, receive.applyAsLong(T0), Frames.tradesAck("B"));
        for (int i = 0; i < stream.size(); i++) {
            if (absurd && i == stream.size() / 3) {
                tape.frame(
                        1,
                        receive.applyAsLong(stream.get(i).receiveMs()),
                        Frames.trades(List.of(new VenueTrade("A", T0 + YEAR_MS, 1, 1, 1, true))));
            }
            tape.frame(
                    1,
                    receive.applyAsLong(stream.get(i).receiveMs()),
                    stream.get(i).text());
        }
        Recorder recorder = new Recorder();
        Counters counters = new Counters();
        tape.play(Recorder.market(recorder, counters));
        assertEquals(absurd ? 1 : 0, counters.value("clock.refused"), "refused messages");
        assertEquals(0, counters.value("trades.late-unbarred"), "late trades");
        long newestMs = stream.stream().mapToLong(Message::timeMs).max().orElseThrow();
        return text(recorder, newestMs - TAIL_MS);
    }

    /** Every bar's values, and for bars that are closed in every telling whether they are complete. */
    private static String text(Recorder recorder, long closedMs) {
        StringBuilder text = new StringBuilder();
        for (Bar bar : new TreeMap<>(recorder.allBars()).values()) {
            text.append(Oracle.text(List.of(bar)));
            if (bar.endMs() <= closedMs) {
                text.append(bar.complete ? "complete\n" : "incomplete\n");
            }
        }
        return text.toString();
    }
}
