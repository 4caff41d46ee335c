package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.FeedControl;
import dev.millrace.market.Gap;
import dev.millrace.market.Gap.Evidence;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One coin with a trade a second, whose stream of trades is mute from second 30 to 60 while books and contexts go on: what
 * coverage believes, what is asked of the feed, and what the snapshot makes of it.
 */
class MuteTradesTest {

    private static final long T0 = 1_700_000_000_000L;
    private static final int MUTE = 30;
    private static final int BACK = 60;

    private final Recorder recorder = new Recorder();
    private final List<String> asked = new ArrayList<>();
    private final Tape tape = new Tape();

    /** The snapshot reaches back to what was accepted before. */
    @Test
    void shouldBeWholeAgainWhenTheSnapshotOverlaps() {
        play(MUTE - 2);
        assertEquals(List.of(), recorder.gaps);
        assertTrue(complete(MUTE - 2));
        assertTrue(complete(MUTE + 10));
        assertTrue(complete(BACK + 5));
    }

    @Test
    void shouldRecordAGapFromTheLastProofWhenItDoesNot() {
        play(MUTE + 20);
        assertEquals(
                List.of(new Gap(
                        "A",
                        "trades",
                        T0 + (MUTE - 1) * 1_000L,
                        T0 + (MUTE + 20) * 1_000L + 1,
                        "mute",
                        Evidence.UNPROVEN,
                        false)),
                recorder.gaps);
        assertTrue(complete(MUTE - 2));
        assertFalse(complete(MUTE - 1));
        assertFalse(complete(MUTE + 20));
        assertTrue(complete(BACK + 5));
    }

    /** The venue goes on on the same socket, and nobody can tell whether it kept what it did not send. */
    @Test
    void shouldNotTrustWhatGoesOnAfterTheWholeSocketWasSilent() {
        begin();
        for (int second = 0; second < 80; second++) {
            long receiveMs = T0 + second * 1_000L + 200;
            if (second < MUTE || second >= BACK) {
                tape.frame(1, receiveMs, trades(second, second));
                tape.frame(1, receiveMs + 300, Frames.context("A", 1_000 + second));
            } else {
                tape.clock(receiveMs);
            }
            if (second == BACK + 5) {
                tape.frame(1, receiveMs + 400, Frames.ack(Subscription.trades("A")));
                tape.frame(1, receiveMs + 400, trades(BACK - 3, second));
            }
        }
        play();
        assertEquals(
                List.of(new Gap(
                        "A",
                        "trades",
                        T0 + (MUTE - 1) * 1_000L,
                        T0 + (BACK - 3) * 1_000L + 1,
                        "mute",
                        Evidence.UNPROVEN,
                        false)),
                recorder.gaps);
        assertTrue(asked.contains("replace 1"), asked::toString);
    }

    @Test
    void shouldAskTheFeedAndOnlyTheFeedOfNow() {
        play(MUTE - 2);
        assertEquals(List.of("resubscribe 1 A"), asked.subList(0, 1));
        List<String> live = List.copyOf(recorder.events);
        Recorder replayed = new Recorder();
        tape.play(Recorder.market(replayed, new Counters()));
        assertEquals(live, replayed.events, "nobody acts in a replay, and nothing else differs");
    }

    /** @param oldest second of the oldest trade in the snapshot after the silence */
    private void play(int oldest) {
        begin();
        tape.frame(1, T0, Frames.ack(Subscription.bbo("A")));
        for (int second = 0; second < 80; second++) {
            long receiveMs = T0 + second * 1_000L + 200;
            if (second == BACK) {
                tape.frame(1, receiveMs, Frames.ack(Subscription.trades("A")));
                tape.frame(1, receiveMs, trades(oldest, second));
            } else if (second < MUTE || second > BACK) {
                tape.frame(1, receiveMs, trades(second, second));
            }
            tape.frame(1, receiveMs + 100, Frames.bbo("A", T0 + second * 1_000L, "1.0", "2.0"));
            tape.frame(1, receiveMs + 300, Frames.context("A", 1_000 + second));
        }
        play();
    }

    private void begin() {
        tape.session(T0, Tape.results(4096, Duration.ofMinutes(10), "1s"));
        tape.lifecycle(Lifecycle.CONNECTED, 1, T0);
        tape.frame(1, T0, Frames.ack(Subscription.trades("A")));
        tape.frame(1, T0, Frames.ack(Subscription.assetContext("A")));
    }

    private void play() {
        Market market = Recorder.market(recorder, new Counters());
        market.steer(new Asked(), note -> {});
        tape.play(market);
    }

    private static String trades(int from, int to) {
        List<VenueTrade> trades = new ArrayList<>();
        for (int second = from; second <= to; second++) {
            trades.add(new VenueTrade("A", T0 + second * 1_000L, second + 1, 100_00000000L, 1_00000000L, true));
        }
        return Frames.trades(trades);
    }

    private boolean complete(int second) {
        return recorder.last.get("A 1s " + (T0 + second * 1_000L)).complete;
    }

    private final class Asked implements FeedControl {

        @Override
        public void resubscribe(int connection, Subscription subscription) {
            asked.add("resubscribe " + connection + " " + subscription.coin());
        }

        @Override
        public void replace(int connection, long lateMs) {
            asked.add("replace " + connection);
        }

        @Override
        public void replaceIfRoom(int connection) {
            asked.add("replace " + connection + " if there is room");
        }
    }
}
