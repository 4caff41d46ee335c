package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Gap;
import dev.millrace.market.Lifecycle;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two coins, a trade a second each; what is refused in the 31st second must not leave its bars complete. */
class RefusedTradesTest {

    private static final long T0 = 1_700_000_000_000L;
    private static final int BAD = 30;

    private final Recorder recorder = new Recorder();
    private final Tape tape = new Tape();
    private long tid;

    @Test
    void shouldBreakTheSecondOfATradeThatIsRefusedAlone() {
        play(trade("A", BAD * 1_000L + 600).replace("\"px\":\"", "\"px\":\"-"), 1);

        assertFalse(complete("A", BAD));
        assertTrue(complete("A", BAD - 1));
        assertTrue(complete("A", BAD + 1));
        assertTrue(complete("B", BAD));
        assertEquals(
                List.of(new Gap(
                        "A",
                        "trades",
                        T0 + BAD * 1_000L + 600,
                        T0 + BAD * 1_000L + 601,
                        "undecodable",
                        Gap.Evidence.PROVEN,
                        false)),
                recorder.gaps);
    }

    @Test
    void shouldBreakTheTimeOfTheRefusedTradeNotOfItsNeighbour() {
        String good = trade("A", BAD * 1_000L + 600);
        String bad = trade("A", BAD * 1_000L + 1_600).replace("\"side\":\"B\"", "\"side\":\"C\"");
        play(good.replace("]}]}", "]},") + bad.substring(bad.indexOf("{\"coin\"")), 1);

        assertTrue(complete("A", BAD));
        assertFalse(complete("A", BAD + 1));
    }

    @Test
    void shouldBreakAllThatMayHaveHeldATradeOfUnreadableTime() {
        play(trade("A", BAD * 1_000L + 600).replace("\"time\":", "\"time\":-"), 1);

        assertFalse(complete("A", BAD));
        assertTrue(complete("A", BAD - 10));
        assertTrue(complete("A", BAD + 10));
        assertTrue(complete("B", BAD));
    }

    @Test
    void shouldBelieveNoAbsurdTimeOfARefusedTrade() {
        play(trade("A", 9_000_000_000_000L).replace("\"px\":\"", "\"px\":\"-"), 1);

        assertFalse(complete("A", BAD));
        assertTrue(complete("A", BAD + 10));
    }

    @Test
    void shouldBreakEveryStreamOfTheConnectionWhenTheCoinCannotBeRead() {
        play(trade("A", BAD * 1_000L + 600).replace("\"coin\":\"A\"", "\"coin\":7"), 1);

        assertFalse(complete("A", BAD));
        assertFalse(complete("B", BAD));
        assertTrue(complete("A", BAD + 10));
    }

    @Test
    void shouldBreakTheCoinThatTheRestOfTheFrameNames() {
        String nameless = trade("A", BAD * 1_000L + 600).replace("\"coin\":\"A\"", "\"coim\":\"A\"");
        String good = trade("A", BAD * 1_000L + 600);
        play(nameless.replace("]}]}", "]},") + good.substring(good.indexOf("{\"coin\"")), 1);

        assertFalse(complete("A", BAD));
        assertTrue(complete("B", BAD));
        assertEquals(
                List.of(Gap.Evidence.UNPROVEN),
                recorder.gaps.stream().map(Gap::evidence).toList());
    }

    /** A connection that stood still gives then, in order, what it did not give in time; another one told the clock. */
    @Test
    void shouldBreakAllTheTimeOfAStallWhoseFirstFrameCannotBeRead() {
        tape.session(T0, Tape.results(4096, Duration.ofMinutes(10), "1s"));
        tape.lifecycle(Lifecycle.CONNECTED, 1, T0).lifecycle(Lifecycle.CONNECTED, 2, T0);
        tape.frame(1, T0, Frames.tradesAck("A")).frame(2, T0, Frames.tradesAck("B"));
        for (int second = 0; second < 80; second++) {
            boolean isStalled = second > BAD - 10 && second < BAD;
            String whole = trade("A", second * 1_000L + 100);
            String text = second == BAD ? whole.substring(0, whole.length() - 20) : whole;
            tape.frame(2, T0 + second * 1_000L + 400, trade("B", second * 1_000L + 200));
            if (!isStalled) {
                tape.frame(1, T0 + second * 1_000L + 400, text);
            }
        }
        tape.play(Recorder.market(recorder, new Counters()));

        Gap gap = gaps(Gap.Evidence.UNPROVEN).get(0);
        assertEquals(T0 + (BAD - 10) * 1_000L + 100, gap.fromMs());
        assertTrue(complete("B", BAD));
    }

    @Test
    void shouldBreakTheCoinThatATruncatedFrameNamed() {
        String frame = trade("A", BAD * 1_000L + 600);
        play(frame.substring(0, frame.length() - 20), 1);

        assertFalse(complete("A", BAD));
        assertTrue(complete("B", BAD));
        assertTrue(complete("A", BAD + 10));
        assertEquals(
                List.of(Gap.Evidence.UNPROVEN),
                recorder.gaps.stream().map(Gap::evidence).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Websocket connection established.",
                "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"A\",\"time\":x",
            })
    void shouldBreakNothingAtWhatIsNoMessageAndNoneOfTrades(String text) {
        play(text, 1);

        assertTrue(complete("A", BAD));
        assertEquals(List.of(), recorder.gaps);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Websocket connection",
                "{\"channel\":\"l2Bo",
                "{\"channel\":\"trade\",\"data\":[{",
                "{\"channel\":\"trades\",\"data\":[{\"coin\":\"C\",",
                "{\"channel\":\"trades\",\"data\":[{\"coin\":\"A\"},{\"coin\":\"B\",",
                "{\"channel\":\"bbo\",\"channel\":\"trades\",\"data\":[]}",
            })
    void shouldBreakEveryStreamAtABrokenFrameThatMayHaveBeenOfTrades(String text) {
        play(text, 1);

        assertFalse(complete("A", BAD));
        assertFalse(complete("B", BAD));
    }

    @Test
    void shouldBreakTheTimeOfAHeldFrameThatIsRefusedAtLast() {
        String good = trade("A", BAD * 1_000L + 600);
        String absurd = trade("A", 1_000_000_000L);
        play(good.replace("]}]}", "]},") + absurd.substring(absurd.indexOf("{\"coin\"")), 1);

        assertFalse(complete("A", BAD));
        assertTrue(complete("A", BAD - 10));
        assertTrue(complete("A", BAD + 10));
        assertTrue(complete("B", BAD));
    }

    @Test
    void shouldTellALongStretchAtItsBeginAndAtItsEndOnly() {
        play("{\"channel\":\"trades\",\"data\":7}", 1_000);

        List<Gap> unreadable = gaps(Gap.Evidence.UNPROVEN);
        assertEquals(4, unreadable.size());
        assertEquals("A", unreadable.get(2).symbol());
        assertTrue(unreadable.get(2).fromMs() < T0 + BAD * 1_000L);
        assertTrue(unreadable.get(2).toMs() > T0 + BAD * 1_000L + 1_600);
    }

    /** The breaker is open then, and stays so until a hundred frames came that can be read. */
    @Test
    void shouldBelieveNothingBehindAFloodOfUnreadableFrames() {
        play("{\"channel\":\"trades\",\"data\":7}", 1_000);

        assertTrue(complete("A", BAD - 10));
        assertFalse(recorder.last.containsKey("A 1s " + (T0 + (BAD + 30) * 1_000L)));
        assertEquals(
                List.of("A", "B"),
                gaps(Gap.Evidence.PROVEN).stream().map(Gap::symbol).toList());
    }

    private List<Gap> gaps(Gap.Evidence evidence) {
        return recorder.gaps.stream().filter(gap -> gap.evidence() == evidence).toList();
    }

    /** Thirty whole seconds, the bad frame so many times, then enough frames to outlast the patience with one held. */
    private void play(String bad, int times) {
        tape.session(T0, Tape.results(4096, Duration.ofMinutes(10), "1s"));
        tape.lifecycle(Lifecycle.CONNECTED, 1, T0);
        tape.frame(1, T0, Frames.tradesAck("A")).frame(1, T0, Frames.tradesAck("B"));
        for (int second = 0; second < 80; second++) {
            tape.frame(1, T0 + second * 1_000L + 400, trade("A", second * 1_000L + 100));
            tape.frame(1, T0 + second * 1_000L + 500, trade("B", second * 1_000L + 200));
            if (second == BAD) {
                for (int i = 0; i < times; i++) {
                    tape.frame(1, T0 + second * 1_000L + 900 + 2L * i, bad);
                }
            }
        }
        tape.play(Recorder.market(recorder, new Counters()));
    }

    private String trade(String coin, long atMs) {
        return Frames.trades(List.of(new VenueTrade(coin, T0 + atMs, ++tid, 100_00000000L, 1_00000000L, true)));
    }

    private boolean complete(String coin, int second) {
        return recorder.last.get(coin + " 1s " + (T0 + second * 1_000L)).complete;
    }
}
