package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VenueBudgetTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldNeverAllowMoreThanTheLimitInAnyWindowAndNeverLess() {
        for (int round = 0; round < 300; round++) {
            Random random = new Random(round);
            int limit = 1 + random.nextInt(12);
            long windowNs = 1L + random.nextInt(50);
            SlidingLog log = new SlidingLog(limit, Duration.ofNanos(windowNs));
            List<Long> taken = new ArrayList<>();
            long nowNs = random.nextLong() >> 8;
            for (int step = 0; step < 200; step++) {
                nowNs += random.nextInt(8);
                long from = nowNs - windowNs;
                int reserve = random.nextInt(3);
                long within = taken.stream().filter(at -> at >= from).count();
                String where = "seed " + round + ", step " + step;
                assertEquals(within, log.used(nowNs), where);
                boolean allowed = log.tryTake(nowNs, reserve);
                assertEquals(within + reserve < limit, allowed, where);
                if (allowed) {
                    taken.add(nowNs);
                }
            }
        }
    }

    @Test
    void shouldLimitConnectionsAtOnceAndWithinAMinute() {
        VenueBudget budget = new VenueBudget(new VenueLimits(2, 3, 10, 100));
        assertTrue(budget.tryOpen(0));
        assertTrue(budget.tryOpen(0));
        assertFalse(budget.tryOpen(1), "two are open");
        budget.closed(0);
        assertTrue(budget.tryOpen(2));
        budget.closed(0);
        assertFalse(budget.tryOpen(60 * SECOND), "three within this minute");
        assertTrue(budget.tryOpen(60 * SECOND + 1));
    }

    @Test
    void shouldGiveSubscriptionsBackWithTheirEndOrTheirConnection() {
        VenueBudget budget = new VenueBudget(new VenueLimits(3, 3, 2, 100));
        assertTrue(budget.tryOpen(0));
        assertTrue(budget.trySubscribe(0));
        assertTrue(budget.trySubscribe(0));
        assertFalse(budget.trySubscribe(0));
        budget.unsubscribed();
        assertTrue(budget.trySubscribe(0));
        budget.closed(2);
        assertTrue(budget.trySubscribe(0));
        assertTrue(budget.trySubscribe(0));
    }

    @Test
    void shouldLeaveMessagesForPings() {
        VenueBudget budget = new VenueBudget(new VenueLimits(1, 3, 1_000, 100));
        int subscribed = 0;
        while (budget.trySubscribe(0)) {
            subscribed++;
        }
        assertEquals(94, subscribed);
        assertFalse(budget.tryUnsubscribe(0));
        for (int ping = 0; ping < 6; ping++) {
            assertTrue(budget.tryPing(0));
        }
        assertFalse(budget.tryPing(0));
        assertTrue(budget.tryPing(60 * SECOND + 1));
    }

    @Test
    void shouldTakeAShareOfTheVenuesLimits() {
        assertEquals(new VenueLimits(9, 27, 900, 1_800), VenueLimits.HYPERLIQUID.percent(90));
        assertEquals(new VenueLimits(4, 12, 400, 800), VenueLimits.HYPERLIQUID.percent(40));
    }
}
