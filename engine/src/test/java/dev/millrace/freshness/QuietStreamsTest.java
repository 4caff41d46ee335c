package dev.millrace.freshness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Subscription;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Coins that trade once in minutes, and coins that are gone, cost the market thread next to nothing. */
class QuietStreamsTest {

    private static final int COINS = 100;

    private final Feed feed = new Feed();

    @Test
    void shouldReportQuietCoinsAFewTimesAMinuteAtMost() {
        subscribe();
        feed.pass(1_000);
        for (int symbol = 1; symbol <= COINS; symbol++) {
            feed.trade(1, symbol);
            feed.pass(600);
        }
        feed.pass(5_000);
        Set<FreshnessReport> reports = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int symbol = 1; symbol <= COINS; symbol++) { // one becomes live and one unwitnessed between two of these
            feed.trade(1, symbol);
            feed.pass(600);
            reports.add(feed.freshness.report());
        }
        assertTrue(reports.size() <= 13, () -> reports.size() + " reports in a minute");
        feed.pass(5_000);
        Map<StreamState, Integer> states = feed.freshness.report().states();
        assertEquals(COINS, states.get(StreamState.LIVE) + states.get(StreamState.UNWITNESSED));
        assertTrue(states.get(StreamState.UNWITNESSED) > 1, states::toString);
    }

    @Test
    void shouldForgetTheRemediesOfWhatIsNoLongerSubscribed() {
        subscribe();
        for (int symbol = 1; symbol <= COINS; symbol++) {
            feed.ack(1, Subscription.book("C" + symbol, false), symbol);
        }
        passWithTrades(120); // no book ever came
        assertTrue(feed.asked.contains("resubscribe 1 L2_BOOK C1"), feed.asked::toString);
        for (int symbol = 1; symbol <= COINS; symbol++) {
            feed.unsubscribed(1, Subscription.book("C" + symbol, false), symbol);
        }
        feed.pass(70_000); // the first coin is quiet, too
        int ended = feed.stateBytes();
        feed.pass(15 * 60_000);
        assertEquals(ended, feed.stateBytes(), "a connection may be lost for a while, its mute coins are known again");
        feed.pass(5 * 60_000);
        assertTrue(feed.stateBytes() < ended, () -> ended + " bytes at the end, now " + feed.stateBytes());
    }

    /** Time in which only the first coin trades. */
    private void passWithTrades(int seconds) {
        for (int second = 0; second < seconds; second++) {
            feed.pass(1_000);
            feed.trade(1, 1);
        }
    }

    private void subscribe() {
        for (int symbol = 1; symbol <= COINS; symbol++) {
            feed.ack(1, Subscription.trades("C" + symbol), symbol);
        }
    }
}
