package dev.millrace.freshness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The circuit breaker of trades: more than 5 % of the last 1,000 frames, at least 100, could not be decoded whole. */
class BreakerTest {

    private final Feed feed = new Feed();

    @Test
    void shouldTolerateFiveInAHundred() {
        for (int i = 0; i < 5_000; i++) {
            assertTrue(feed.admits(1, i % 20 != 19));
        }
        assertEquals(List.of(), feed.notes);
    }

    @Test
    void shouldOpenAtTheHundredthFrameAtTheSoonest() {
        for (int i = 0; i < 99; i++) {
            assertTrue(feed.admits(1, false));
        }
        assertFalse(feed.admits(1, false));
        assertTrue(feed.admits(2, true), "another connection has its own");
        assertEquals(1, feed.counters.value("freshness.breaker-openings"));
    }

    @Test
    void shouldLookAtTheLastThousandOnly() {
        for (int i = 0; i < 20_000; i++) {
            assertTrue(feed.admits(1, true));
        }
        for (int i = 0; i < 50; i++) {
            assertTrue(feed.admits(1, false));
        }
        assertFalse(feed.admits(1, false));
    }

    @Test
    void shouldCloseAfterAHundredThatCanBeDecoded() {
        open();
        for (int i = 0; i < 99; i++) {
            assertFalse(feed.admits(1, true));
        }
        assertTrue(feed.admits(1, true));
        assertEquals("trades on connection 1: the frames can be decoded again", feed.notes.get(1));
        assertEquals(List.of(), feed.freshness.report().gated());
    }

    @Test
    void shouldStayOpenWhileEveryTenthFails() {
        open();
        for (int i = 0; i < 5_000; i++) {
            assertFalse(feed.admits(1, i % 10 != 0));
        }
    }

    @Test
    void shouldTellWhatIsGatedAndTryAnotherConnectionAtItsPace() {
        feed.ack(1, Subscription.trades("C3"), 3);
        feed.trade(1, 3);
        open();
        assertEquals(List.of("gated TRADES of 3 on 1"), feed.told);
        for (int i = 0; i < 3_600; i++) {
            feed.admits(1, false);
            feed.pass(1_000);
        }
        assertTrue(feed.notes.get(0).contains("millrace journal cat --bad"), feed.notes::toString);
        long replaced = feed.asked.stream().filter("replace 1"::equals).count();
        assertTrue(replaced >= 2 && replaced <= 7, () -> replaced + " in an hour");
    }

    private void open() {
        for (int i = 0; i < 100; i++) {
            feed.admits(1, false);
        }
    }
}
