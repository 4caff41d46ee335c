package dev.millrace.freshness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.StateWriter;
import dev.millrace.market.Subscription;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trades, bbo and candles: silence proves nothing, unless another stream of the coin does. */
class WitnessedStreamsTest {

    private static final long GRACE_MS = 5_000;
    private static final long LOOK_MS = 600;
    private static final int COINS = 200;

    private final Feed feed = new Feed();
    private long volume = 416_102_953_969L;
    private long price = 1_000;

    @Test
    void shouldFindTradesMuteWhenTheVolumeRises() {
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.ack(1, Subscription.assetContext("C3"), 3);
        feed.trade(1, 3);
        contexts(30);
        assertEquals(StreamState.LIVE, feed.stateOf(1, "trades", 3));
        volume++;
        contexts(1);
        feed.pass(GRACE_MS - 2_500);
        contexts(1);
        assertEquals(List.of(), feed.told);
        feed.pass(500 + LOOK_MS);
        assertEquals(List.of("mute trades 3 on 1"), feed.told);
        assertEquals(List.of("resubscribe 1 TRADES C3"), feed.asked);
        assertEquals(
                List.of("trades of C3 is mute on connection 1: the context's day volume rose, and nothing came"),
                feed.notes);
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.pass(LOOK_MS);
        assertEquals(StreamState.MUTE, feed.stateOf(1, "trades", 3), "an acknowledgement alone heals nothing");
        feed.trade(1, 3);
        feed.pass(LOOK_MS);
        assertEquals(StreamState.LIVE, feed.stateOf(1, "trades", 3));
    }

    @Test
    void shouldBelieveATradeThatCameShortlyBeforeOrAfterTheVolumeRose() {
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.ack(1, Subscription.assetContext("C3"), 3);
        feed.trade(1, 3);
        for (int i = 0; i < 50; i++) {
            contexts(60);
            if (i % 2 == 0) {
                feed.trade(1, 3);
            }
            volume++;
            contexts(4);
            if (i % 2 == 1) {
                feed.trade(1, 3);
            }
        }
        assertEquals(List.of(), feed.told);
        assertEquals(List.of(), feed.asked);
    }

    /** What came during the silence only a snapshot can show. */
    @Test
    void shouldNotTrustTradesThatComeAgainByThemselves() {
        shouldFindTradesMuteWhenTheVolumeRises();
        contexts(10);
        volume++;
        contexts(12);
        feed.trade(1, 3);
        contexts(1);
        assertEquals(StreamState.SLOW, feed.stateOf(1, "trades", 3));
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.trade(1, 3);
        contexts(1);
        assertEquals(StreamState.LIVE, feed.stateOf(1, "trades", 3));
    }

    /** However often it was mute before: what gives trades lacks but a snapshot, and each second without one is not proven. */
    @Test
    void shouldAskSoonForTheSnapshotOfTradesThatComeAgain() {
        shouldFindTradesMuteWhenTheVolumeRises();
        for (int i = 0; i < 4; i++) {
            contexts(20);
            volume++;
            contexts(12);
            assertEquals(StreamState.MUTE, feed.stateOf(1, "trades", 3));
            contexts(10);
            feed.asked.clear();
            feed.trade(1, 3);
            contexts(11); // the shortest pause, and a look
            assertEquals(Set.of("resubscribe 1 TRADES C3"), Set.copyOf(feed.asked));
            feed.ack(1, Subscription.trades("C3"), 3);
            feed.trade(1, 3);
        }
    }

    /** On a socket on which nothing comes, trades have no witness. */
    @Test
    void shouldTellThatTradesAreMuteWhereTheirWholeConnectionIs() {
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.ack(1, Subscription.assetContext("C3"), 3);
        feed.trade(1, 3);
        contexts(60);
        feed.pass(20_000);
        assertEquals(StreamState.MUTE, feed.stateOf(1, "trades", 3));
        assertTrue(
                feed.notes.contains("trades of C3 is mute on connection 1: nothing comes on its connection"),
                feed.notes::toString);
        assertEquals(List.of("replace 1"), feed.asked);
        contexts(1);
        assertEquals(StreamState.SLOW, feed.stateOf(1, "trades", 3), "the trades in between are not proven");
    }

    @Test
    void shouldFindTradesMuteWhenACandleCountsMore() {
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.ack(1, Subscription.candle("C3", "1m"), 3);
        feed.trade(1, 3);
        feed.candle(1, 3, 60_000, 1);
        feed.pass(30_000);
        feed.candle(1, 3, 60_000, 2);
        feed.pass(GRACE_MS + LOOK_MS);
        assertEquals(List.of("mute trades 3 on 1"), feed.told);
    }

    @Test
    void shouldFindACandleMuteWhenTradesCome() {
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.ack(1, Subscription.candle("C3", "1m"), 3);
        feed.trade(1, 3); // the snapshot proves no trade of now
        feed.pass(30_000);
        assertEquals(StreamState.LIVE, feed.stateOf(1, "candle 1m", 3));
        feed.trade(1, 3);
        feed.pass(GRACE_MS + LOOK_MS);
        assertEquals(List.of("resubscribe 1 CANDLE C3"), feed.asked);
    }

    @Test
    void shouldFindABboMuteWhenTwoBooksInARowShowAnotherBest() {
        feed.ack(1, Subscription.bbo("C3"), 3);
        feed.ack(1, Subscription.book("C3", true), 3);
        feed.bbo(1, 3, price);
        books(10);
        price++;
        books(1);
        feed.bbo(1, 3, price);
        books(20);
        assertEquals(List.of(), feed.asked, "one book alone may be newer than the bbo");
        price++; // once, as of a coin that hardly trades
        books(13);
        assertEquals(List.of("resubscribe 1 BBO C3"), feed.asked);
    }

    @Test
    void shouldBelieveABboThatSaysWhatTheBookSays() {
        feed.ack(1, Subscription.bbo("C3"), 3);
        feed.ack(1, Subscription.book("C3", true), 3);
        for (int i = 0; i < 20; i++) {
            price++;
            feed.bbo(1, 3, price);
            price++;
            feed.bbo(1, 3, price); // two moves, and the book shows each only now
            feed.book(1, 3, true, price - 1);
            feed.pass(538);
            books(30);
        }
        assertEquals(List.of(), feed.asked);
    }

    @Test
    void shouldProbeWhatNothingProvesAlive() {
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.trade(1, 3);
        feed.pass(50_000);
        assertEquals(StreamState.LIVE, feed.stateOf(1, "trades", 3));
        feed.pass(20_000);
        assertEquals(StreamState.UNWITNESSED, feed.stateOf(1, "trades", 3));
        assertEquals(List.of(), feed.asked);
        feed.pass(59 * 60_000);
        assertEquals(12, feed.asked.size(), "one every five minutes");
        assertEquals(List.of(), feed.notes, "it is nobody's fault");
        assertEquals(12, feed.counters.value("freshness.probes"));
    }

    /** 200 coins with all that is subscribed by default, at the cadences that were measured. */
    @Test
    void shouldRaiseNoFalseAlarmInQuietHours() {
        quiet(3_600);
    }

    @Test
    @Tag("stress")
    @Tag("stress-market")
    void shouldRaiseNoFalseAlarmOnAQuietDay() {
        quiet(86_400);
    }

    private void quiet(int seconds) {
        Random random = new Random(20_261_123);
        for (int coin = 0; coin < COINS; coin++) {
            feed.ack(1, Subscription.trades("C" + coin), coin);
            feed.ack(1, Subscription.bbo("C" + coin), coin);
            feed.ack(1, Subscription.book("C" + coin, false), coin);
            feed.ack(1, Subscription.assetContext("C" + coin), coin);
            feed.trade(1, coin);
            feed.bbo(1, coin, 500);
        }
        feed.ack(1, Subscription.allMids(""), -1);
        long[] volumes = new long[COINS];
        long[] prices = new long[COINS];
        long[] duesMs = new long[COINS];
        for (long second = 0; second < seconds; second++) {
            for (int coin = 0; coin < COINS; coin++) {
                quietSecond(random, coin, second, volumes, prices, duesMs);
            }
            if (second % 5 == 0) {
                feed.mids(1);
            }
            // A stall of the network now and then: nothing for seconds, then all of it.
            feed.pass(random.nextInt(3_000) == 0 ? 4_000 : 900 + random.nextInt(200));
        }
        assertEquals(List.of(), feed.notes);
        assertEquals(List.of(), feed.asked);
        assertEquals(
                Map.of(StreamState.LIVE, 4 * COINS + 1), feed.freshness.report().states());
    }

    /** A trade every 20 minutes, told by the context up to three seconds later; a top that moves every two. */
    private void quietSecond(Random random, int coin, long second, long[] volumes, long[] prices, long[] duesMs) {
        if (random.nextInt(1_200) == 0) {
            feed.trade(1, coin);
            duesMs[coin] = feed.ms() + random.nextInt(3_000);
        }
        if (duesMs[coin] != 0 && feed.ms() >= duesMs[coin]) {
            volumes[coin]++;
            duesMs[coin] = 0;
        }
        if (random.nextInt(120) == 0) {
            prices[coin] += random.nextInt(3) - 1;
            feed.bbo(1, coin, 500 + prices[coin]);
        }
        if (second % 5 == 0) {
            feed.book(1, coin, false, 500 + prices[coin]);
        }
        feed.context(1, coin, 1_000_000 + volumes[coin]);
    }

    /** Its state is a function of what it saw: one that takes it up writes the same. */
    @Test
    void shouldTakeUpItsStateAtAnyMoment() {
        Random random = new Random(7);
        for (int coin = 0; coin < 5; coin++) {
            feed.ack(1, Subscription.trades("C" + coin), coin);
            feed.ack(2, Subscription.candle("C" + coin, "1m"), coin);
            feed.ack(1, Subscription.bbo("C" + coin), coin);
            feed.ack(1, Subscription.book("C" + coin, false), coin);
            feed.ack(1, Subscription.assetContext("C" + coin), coin);
        }
        for (int i = 0; i < 3_000; i++) {
            int coin = random.nextInt(5);
            switch (random.nextInt(7)) {
                case 0 -> feed.trade(1, coin);
                case 1 -> feed.candle(2, coin, 60_000L * (i / 50), i);
                case 2 -> feed.bbo(1, coin, random.nextInt(3));
                case 3 -> feed.book(1, coin, false, random.nextInt(3));
                case 4 -> feed.context(1, coin, random.nextInt(5));
                case 5 -> feed.admits(1, random.nextInt(10) > 0);
                default -> feed.pass(random.nextInt(3_000));
            }
            if (i % 50 == 0) {
                assertArrayEquals(state(feed.freshness), state(feed.copy()), "step " + i);
            }
        }
        assertTrue(feed.asked.size() > 10, "nothing ill to remember");
    }

    private static byte[] state(Freshness freshness) {
        StateWriter out = new StateWriter();
        out.section(freshness);
        return Arrays.copyOf(out.bytes(), out.length());
    }

    private void contexts(int seconds) {
        for (int i = 0; i < seconds; i++) {
            feed.context(1, 3, volume);
            feed.pass(1_000);
        }
    }

    private void books(int times) {
        for (int i = 0; i < times; i++) {
            feed.book(1, 3, true, price);
            feed.pass(538);
        }
    }
}
