package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.market.Basis;
import dev.millrace.market.Gap;
import dev.millrace.market.Gap.Evidence;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * One coin whose slow book comes twice a second, and for three minutes does not, or cannot be decoded: what its mid bars
 * and gaps say. A second coin's bbo and the first one's contexts go on.
 */
class BookCoverageTest {

    private static final long T0 = 1_699_999_980_000L;
    private static final int ILL = 60;
    private static final int WELL = 240;
    private static final long LAST_MS = T0 + ILL * 1_000L - 500;
    private static final long BACK_MS = T0 + WELL * 1_000L;

    private enum Fault {
        NONE,
        MUTE,
        UNDECODABLE
    }

    private final Recorder recorder = new Recorder();
    private final Market market = Recorder.market(recorder, new Counters());
    private final Tape tape = new Tape();

    @Test
    void shouldNotCallMidBarsCompleteWhileTheBookIsMute() {
        open(1, Subscription.book("A", false));
        books(Fault.MUTE, second -> false, 1);
        tape.play(market);
        assertIncompleteInBetween();
        Gap first = recorder.gaps.get(0);
        assertEquals(List.of(first, gap("l2Book", LAST_MS, BACK_MS, "mute", Evidence.UNPROVEN)), recorder.gaps);
        assertEquals(LAST_MS, first.fromMs());
        assertTrue(first.toMs() < LAST_MS + 10_000, () -> "told when it is found: " + first);
    }

    @Test
    void shouldNotCallMidBarsCompleteWhileTheBookCannotBeDecoded() {
        open(1, Subscription.book("A", false));
        books(Fault.UNDECODABLE, second -> false, 1);
        tape.play(market);
        assertIncompleteInBetween();
        Gap last = recorder.gaps.get(recorder.gaps.size() - 1);
        assertEquals("undecodable", last.cause());
        assertEquals(LAST_MS, last.fromMs());
        assertTrue(last.toMs() >= BACK_MS, () -> "up to the first book that is believed: " + last);
        assertEquals(
                2,
                recorder.gaps.stream()
                        .filter(gap -> gap.cause().equals("undecodable"))
                        .count());
    }

    /** Mid bars are made of both views: with the bbo alone they lack samples. */
    @Test
    void shouldNotCallMidBarsCompleteWhileOneViewOfSeveralIsMute() {
        open(1, Subscription.book("A", false), Subscription.bbo("A"));
        books(Fault.MUTE, second -> true, 1);
        tape.play(market);
        assertIncompleteInBetween();
        assertTrue(recorder.gaps.contains(gap("l2Book", LAST_MS, BACK_MS, "mute", Evidence.UNPROVEN)), this::gaps);
    }

    @Test
    void shouldBeCompleteWhereAnotherConnectionGivesTheBook() {
        open(1, Subscription.book("A", false));
        open(2, Subscription.book("A", false));
        books(Fault.MUTE, second -> false, 1, 2);
        tape.play(market);
        for (int minute = 1; minute <= 4; minute++) {
            assertTrue(complete(minute), "minute " + minute);
        }
        assertEquals(List.of(), recorder.gaps);
    }

    /** What was late and then came at once was not missing. */
    @Test
    void shouldTakeNothingBackForAStallOfTheNetwork() {
        open(1, Subscription.book("A", false));
        for (int half = 0; half < 400; half++) {
            long timeMs = T0 + half * 500L;
            boolean stalls = half >= 120 && half < 160;
            tape.clock(timeMs + 100);
            if (stalls) {
                continue;
            }
            for (int late = half == 160 ? 120 : half; late <= half; late++) {
                tape.frame(1, timeMs + 200, book(T0 + late * 500L, false));
            }
        }
        tape.play(market);
        assertTrue(complete(0) && complete(1) && complete(2));
        assertEquals(List.of(), recorder.gaps);
    }

    @Test
    void shouldGoOnFromAnyRecordOfTheSilence() {
        open(1, Subscription.book("A", false), Subscription.bbo("A"));
        books(Fault.UNDECODABLE, second -> second % 3 == 0, 1);
        Told whole = new Told();
        tape.play(whole.market);
        List<MarketEvent> records = tape.records();
        for (int cut = records.size() / 5; cut < records.size(); cut += 97) {
            Told before = new Told();
            records.subList(0, cut).forEach(before.market::onEvent);
            Told after = Told.resumed(before.state(), true);
            records.subList(cut, records.size()).forEach(after.market::onEvent);
            assertEquals(
                    whole.lines.subList(whole.lines.size() - after.lines.size(), whole.lines.size()),
                    after.lines,
                    "cut at " + cut);
        }
    }

    @Test
    void shouldKeepTheBooksWhereOnlyContextsCannotBeDecoded() {
        open(1, Subscription.book("A", false), Subscription.bbo("A"));
        tape.frame(1, T0 + 200, book(T0, false));
        tape.frame(1, T0 + 250, Frames.bbo("A", T0, "1.0", "2.0"));
        for (int i = 0; i < 100; i++) {
            tape.frame(1, T0 + 300 + i, "{\"channel\":\"activeAssetCtx\",\"data\":{\"coin\":\"A\",\"ctx\":{}}}");
        }
        tape.play(market);
        assertNotNull(market.view().slowBook(0));
        assertNotNull(market.view().bbo(0));
        assertEquals(1, recorder.gaps.size(), this::gaps);
        assertEquals("activeAssetCtx", recorder.gaps.get(0).stream());
    }

    @Test
    void shouldLoseTheViewAloneThatCannotBeDecoded() {
        open(1, Subscription.book("A", false), Subscription.bbo("A"));
        tape.frame(1, T0 + 200, book(T0, false));
        tape.frame(1, T0 + 250, Frames.bbo("A", T0, "1.0", "2.0"));
        for (int i = 0; i < 100; i++) {
            tape.frame(1, T0 + 300 + i, book(T0 + 300 + i, true));
        }
        tape.play(market);
        assertNull(market.view().slowBook(0));
        assertNotNull(market.view().bbo(0));
    }

    @Test
    void shouldTellOfASpotCoinsContextThatCannotBeDecoded() {
        open(1, Subscription.book("A", false));
        tape.frame(1, T0 + 200, book(T0, false));
        for (int i = 0; i < 100; i++) {
            tape.frame(1, T0 + 300 + i, "{\"channel\":\"activeSpotAssetCtx\",\"data\":{\"coin\":\"A\",\"ctx\":{}}}");
        }
        tape.play(market);
        assertEquals(
                List.of("activeSpotAssetCtx"),
                recorder.gaps.stream().map(Gap::stream).toList());
    }

    private void open(int connection, Subscription... subscriptions) {
        if (connection == 1) {
            ResultConfig results = Tape.results(4096, Duration.ofMinutes(10), "1m");
            BarsConfig bars = results.bars();
            tape.session(
                    T0,
                    new ResultConfig(
                            results.order(),
                            results.clock(),
                            new BarsConfig(
                                    bars.timeframes(),
                                    List.of(Basis.MID),
                                    bars.closeDelay(),
                                    bars.revisionWindow(),
                                    BarsConfig.EmptyBars.CARRY),
                            results.freshness()));
        }
        tape.lifecycle(Lifecycle.CONNECTED, connection, T0);
        for (Subscription subscription : subscriptions) {
            tape.frame(connection, T0, Frames.ack(subscription));
        }
        tape.frame(connection, T0, Frames.ack(Subscription.assetContext("A")));
        tape.frame(connection, T0, Frames.ack(Subscription.bbo("B")));
    }

    /**
     * @param bbo of which seconds the first coin has a bbo
     * @param connections the fault is on the first of them
     */
    private void books(Fault fault, IntPredicate bbo, int... connections) {
        for (int half = 0; half < 1_000; half++) {
            long timeMs = T0 + half * 500L;
            boolean ill = half / 2 >= ILL && half / 2 < WELL;
            for (int connection : connections) {
                boolean fails = ill && connection == connections[0];
                if (!fails || fault != Fault.MUTE) {
                    tape.frame(connection, timeMs + 200, book(timeMs, fails && fault == Fault.UNDECODABLE));
                }
                tape.frame(connection, timeMs + 250, Frames.bbo("B", timeMs, "1.0", "2.0"));
                if (bbo.test(half / 2)) {
                    tape.frame(connection, timeMs + 260, Frames.bbo("A", timeMs, "1.0", "2.0"));
                }
                tape.frame(connection, timeMs + 300, Frames.context("A", 1_000));
            }
        }
    }

    private static String book(long timeMs, boolean bad) {
        return "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"A\",\"time\":" + timeMs + ",\"levels\":[[{\"px\":\""
                + (bad ? "x" : "1.0") + "\",\"sz\":\"1.0\",\"n\":1}],[{\"px\":\"2.0\",\"sz\":\"1.0\",\"n\":1}]]}}";
    }

    private void assertIncompleteInBetween() {
        for (int minute = 1; minute < 4; minute++) {
            assertFalse(complete(minute), "minute " + minute);
        }
        assertTrue(complete(6), "minute 6: it takes up to two hundred books until they are believed");
    }

    private boolean complete(int minute) {
        return recorder.last.get("A 1m " + (T0 + minute * 60_000L)).complete;
    }

    private static Gap gap(String stream, long fromMs, long toMs, String cause, Evidence evidence) {
        return new Gap("A", stream, fromMs, toMs, cause, evidence, false);
    }

    private String gaps() {
        return recorder.gaps.toString();
    }
}
