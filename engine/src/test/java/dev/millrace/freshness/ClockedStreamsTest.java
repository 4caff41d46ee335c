package dev.millrace.freshness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Books, contexts and mids: their cadence is learned, and silence is judged by it. */
class ClockedStreamsTest {

    private static final int COINS = 200;
    private static final long GRACE_MS = 5_000;
    /** From one judgement to the next. */
    private static final long LOOK_MS = 600;

    private final Feed feed = new Feed();
    private long price = 1_000;

    @Test
    void shouldFindOneMuteBookAmongTwoHundredWithinTwiceItsCadenceAndTheGrace() {
        for (long cadenceMs : List.of(538L, 5_360L)) {
            Feed one = new Feed();
            subscribe(one, 1, cadenceMs < 1_000);
            run(one, 1, cadenceMs, 40, -1);
            long lastMs = one.ms() - cadenceMs;
            while (one.stateOf(1, label(cadenceMs), 77) == StreamState.LIVE) {
                books(one, 1, cadenceMs < 1_000, 77);
                one.pass(cadenceMs / 4);
                assertTrue(one.ms() - lastMs < 60_000, "never found");
            }
            long foundMs = one.ms() - lastMs;
            assertTrue(foundMs > 2 * cadenceMs, () -> "found too soon: " + foundMs);
            assertTrue(
                    foundMs <= 2 * cadenceMs + GRACE_MS + LOOK_MS + cadenceMs / 4, () -> "found too late: " + foundMs);
            assertEquals(List.of("resubscribe 1 L2_BOOK C77"), one.asked);
        }
    }

    @Test
    void shouldReplaceTheConnectionOnceWhenSubscribingAnewDoesNotHelp() {
        subscribe(feed, 1, false);
        run(feed, 1, 5_360, 20, -1);
        run(feed, 1, 5_360, 10, 77);
        assertEquals(List.of("resubscribe 1 L2_BOOK C77", "replace 1 if there is room"), feed.asked.subList(0, 2));
    }

    /** A coin that is dead at the venue, on every connection, for two hours. */
    @Test
    void shouldBoundWhatADeadCoinCosts() {
        subscribe(feed, 1, false);
        run(feed, 1, 5_360, 20, -1);
        run(feed, 1, 5_360, 2 * 3_600_000 / 5_360, 77);
        assertEquals(
                1,
                feed.asked.stream().filter(one -> one.startsWith("replace 1")).count());
        assertTrue(feed.asked.size() < 2 * 6 + 12, () -> feed.asked.size() + " requests in two hours");
        assertEquals(StreamState.MUTE, feed.stateOf(1, "l2Book", 77));
        assertEquals(
                1,
                feed.notes.stream().filter(note -> note.contains("C77 is mute")).count());
    }

    @Test
    void shouldReplaceNoConnectionForACoinThatOnlyEverGaveASnapshot() {
        subscribe(feed, 1, false);
        books(feed, 1, false, -1);
        feed.pass(100);
        run(feed, 1, 5_360, 700, 77);
        assertTrue(feed.asked.size() > 3, feed.asked::toString);
        assertTrue(feed.asked.stream().noneMatch(one -> one.startsWith("replace 1")), feed.asked::toString);
    }

    /** As of a coin that is not listed any more: its books are empty, and may stop. */
    @Test
    void shouldProbeAFrozenBookOnly() {
        feed.ack(1, Subscription.book("C0", false), 0);
        feed.emptyBook(1, 0);
        feed.pass(59 * 60_000);
        assertEquals(StreamState.UNWITNESSED, feed.stateOf(1, "l2Book", 0));
        assertEquals(11, feed.asked.size(), feed.asked::toString);
    }

    @Test
    void shouldAskForOneConnectionInsteadOfTwoHundredStreams() {
        subscribe(feed, 1, true);
        run(feed, 1, 538, 40, -1);
        feed.pass(12_000);
        assertEquals(List.of("replace 1"), feed.asked);
        assertTrue(
                feed.notes.stream().anyMatch(note -> note.startsWith("l2Book-fast of 200 coins, such as C0, is mute")));
        assertTrue(feed.notes.size() <= 2, feed.notes::toString);
    }

    @Test
    void shouldTellThatTheVenueChangedACadence() {
        subscribe(feed, 1, true);
        run(feed, 1, 538, 60, -1);
        run(feed, 1, 5_360, 40, -1);
        assertEquals(List.of(), feed.asked);
        assertEquals(List.of("the venue changed the cadence of l2Book-fast from 0.5 s to 5.4 s"), feed.notes);
        assertEquals(5_360, feed.freshness.report().cadenceMs().get("l2Book-fast"));
    }

    /** All coins of a socket come on one clock: where the network stumbles, all are late, and of a new one few frames are known. */
    @Test
    void shouldNotTakeANetworkThatStumblesForAChangeOfTheVenues() {
        subscribe(feed, 1, true);
        run(feed, 1, 538, 60, -1);
        feed.freshness.onLost(1);
        subscribe(feed, 2, true);
        run(feed, 2, 538, 6, -1);
        run(feed, 2, 900, 2, -1);
        run(feed, 2, 538, 60, -1);
        assertEquals(List.of(), feed.notes);
    }

    /** A late frame makes one interval long and the next one short, of all coins at once; whenever they are late. */
    @Test
    void shouldNotTakeLateFramesOfANewConnectionForAChangeOfTheVenues() {
        for (int known = 0; known <= 24; known++) {
            Feed one = new Feed();
            subscribe(one, 1, false);
            run(one, 1, 5_360, known, -1);
            for (int late = known < 8 ? 3 : 6; late > 0; late--) {
                run(one, 1, 8_900, 1, -1);
                run(one, 1, 1_820, 1, -1);
            }
            run(one, 1, 5_360, 60, -1);
            assertEquals(List.of(), one.notes, "late after " + known + " frames");
            assertEquals(List.of(), one.asked, "late after " + known + " frames");
        }
    }

    /** So slow that it looks mute at first. */
    @Test
    void shouldLearnACadenceThatIsBeyondTheOldLimit() {
        subscribe(feed, 1, true);
        run(feed, 1, 538, 60, -1);
        run(feed, 1, 20_000, 60, -1);
        assertEquals(
                1,
                feed.notes.stream()
                        .filter(note -> note.contains("changed the cadence"))
                        .count());
        assertEquals(0, feed.freshness.report().unhealthy().size());
        assertTrue(feed.asked.size() <= 6, feed.asked::toString);
    }

    @Test
    void shouldFindTheOneThatBecameSlow() {
        subscribe(feed, 1, true);
        run(feed, 1, 538, 60, -1);
        for (int i = 0; i < 200; i++) {
            books(feed, 1, true, i % 5 == 0 ? -1 : 77);
            feed.pass(538);
        }
        assertEquals(StreamState.SLOW, feed.stateOf(1, "l2Book-fast", 77));
        assertEquals("resubscribe 1 L2_BOOK C77", feed.asked.get(0));
    }

    @Test
    void shouldBlameNobodyForTheTimeThatWasNotWatched() {
        subscribe(feed, 1, true);
        run(feed, 1, 538, 40, -1);
        feed.jump(600_000);
        run(feed, 1, 538, 40, -1);
        assertEquals(List.of(), feed.notes);
        assertEquals(List.of(), feed.asked);
    }

    @Test
    void shouldFindAConnectionThatIsAliveAndLate() {
        subscribe(feed, 1, true);
        subscribe(feed, 2, true);
        both(200);
        feed.lateMs += 9_000;
        both(100);
        assertEquals(List.of(), feed.notes);
        feed.lateMs += 3_000;
        for (int i = 0; i < 60; i++) {
            books(feed, 1, true, -1);
            feed.lateMs -= 12_000;
            books(feed, 2, true, -1);
            feed.lateMs += 12_000;
            feed.pass(538);
        }
        assertEquals(
                List.of(
                        "connection 1 is lagging: what it brings is 12.0 s older than usual",
                        "connection 1 is to be replaced: it is late"),
                feed.notes);
        assertEquals(List.of("replace 1, 12 s late"), feed.asked);
        feed.lateMs -= 12_000;
        both(60);
        assertEquals("connection 1 is not late any more", feed.notes.get(2));
    }

    /** By 5 s an hour it is found when it is 10 s behind what two clocks may have drifted apart; by 0.6 s an hour never. */
    @Test
    void shouldFindAConnectionThatFallsBehindSlowly() {
        feed.ack(1, Subscription.book("C0", true), 0);
        fallBehind(feed, 24, 600);
        assertEquals(List.of(), feed.notes);
        fallBehind(feed, 2, 5_000);
        assertEquals(List.of(), feed.notes);
        fallBehind(feed, 1, 5_000);
        assertEquals("connection 1 is lagging: what it brings is 10.0 s older than usual", feed.notes.get(0));
    }

    private void fallBehind(Feed to, int hours, long msAnHour) {
        long beganMs = to.ms();
        long lateMs = to.lateMs;
        while (to.ms() - beganMs < hours * 3_600_000L) {
            to.lateMs = lateMs + msAnHour * (to.ms() - beganMs) / 3_600_000;
            price++;
            to.book(1, 0, true, price);
            to.pass(2_000);
        }
    }

    /** Ahead for a while, it would leave every connection late for an hour. */
    @Test
    void shouldNotTakeAVenueClockThatGoesBackForLag() {
        for (long stepMs : List.of(-30_000L, 30_000L)) {
            Feed one = new Feed();
            subscribe(one, 1, true);
            run(one, 1, 538, 100, -1);
            one.lateMs += stepMs;
            run(one, 1, 538, 28, -1);
            one.lateMs -= stepMs;
            run(one, 1, 538, 200, -1);
            assertEquals(
                    List.of("the venue's clock went back: what comes is stamped earlier than what came before"),
                    one.notes);
            assertEquals(List.of(), one.asked);
        }
    }

    /** Subscribing anew ends the old stream, and so does a replacement: the log must not stay at what it said of it. */
    @Test
    void shouldTellThatAMuteStreamComesAgainWhateverEndedIt() {
        subscribe(feed, 1, false);
        run(feed, 1, 5_360, 20, -1);
        run(feed, 1, 5_360, 4, 77);
        feed.end(1, Subscription.book("C77", false), 77);
        feed.ack(1, Subscription.book("C77", false), 77);
        run(feed, 1, 5_360, 4, 77);
        assertEquals(StreamState.MUTE, feed.stateOf(1, "l2Book", 77));
        assertEquals(1, feed.notes.size(), feed.notes::toString);
        run(feed, 1, 5_360, 10, -1);
        assertEquals("l2Book of C77 is live on connection 1: it comes again", feed.notes.get(1));
        run(feed, 1, 5_360, 4, 78);
        subscribe(feed, 2, false);
        feed.freshness.onLost(1);
        run(feed, 2, 5_360, 10, -1);
        assertEquals("l2Book of C78 is live on connection 2: it comes again", feed.notes.get(3));
        assertEquals(4, feed.notes.size(), feed.notes::toString);
    }

    @Test
    void shouldForgetWhatEnded() {
        subscribe(feed, 1, true);
        run(feed, 1, 538, 20, -1);
        feed.freshness.onLost(1);
        feed.pass(60_000);
        assertEquals(List.of(), feed.asked);
        assertEquals(0, feed.freshness.report().states().size());
    }

    private void both(int times) {
        for (int i = 0; i < times; i++) {
            books(feed, 1, true, -1);
            books(feed, 2, true, -1);
            feed.pass(538);
        }
    }

    private static void subscribe(Feed feed, int connection, boolean fast) {
        feed.fast = fast;
        for (int coin = 0; coin < COINS; coin++) {
            feed.ack(connection, Subscription.book("C" + coin, fast), coin);
        }
    }

    private void run(Feed to, int connection, long cadenceMs, int times, int muteCoin) {
        for (int i = 0; i < times; i++) {
            books(to, connection, to.fast, muteCoin);
            to.pass(cadenceMs);
        }
    }

    private static String label(long cadenceMs) {
        return cadenceMs < 1_000 ? "l2Book-fast" : "l2Book";
    }

    /** One of all coins but one. */
    private void books(Feed to, int connection, boolean fast, int muteCoin) {
        price++;
        for (int coin = 0; coin < COINS; coin++) {
            if (coin != muteCoin) {
                to.book(connection, coin, fast, price);
            }
        }
    }
}
