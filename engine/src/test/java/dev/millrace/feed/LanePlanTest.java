package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.LanesConfig;
import dev.millrace.config.LanesConfig.Redundancy;
import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanePlanTest {

    private static final VenueLimits LIMITS = new VenueLimits(5, 30, 40, 2_000);

    @Test
    void shouldKeepEachCoinOnOneConnection() {
        LanePlan plan = plan(coins(5), 7, Redundancy.NONE);
        assertEquals(List.of(6, 6, 4), plan.first().stream().map(List::size).toList());
        assertEquals(List.of(), plan.second());
        for (List<Subscription> lane : plan.first()) {
            for (Subscription one : lane) {
                long here =
                        lane.stream().filter(s -> s.coin().equals(one.coin())).count();
                assertEquals(one.coin().isEmpty() ? 1 : 3, here, one.coin());
            }
            assertEquals(Channel.TRADES, lane.get(0).channel(), "the order asked for is kept");
        }
    }

    @Test
    void shouldAskForTradesASecondTimeOnAnotherConnection() {
        LanePlan plan = plan(coins(3), 100, Redundancy.TRADES);
        assertEquals(1, plan.first().size());
        assertEquals(
                List.of(List.of(Subscription.trades("C0"), Subscription.trades("C1"), Subscription.trades("C2"))),
                plan.second());
        assertEquals(0, plan.left());
    }

    @Test
    void shouldRationByPriorityWhatTheLimitsLeave() {
        LanePlan plan = plan(coins(5), 100, Redundancy.ALL);
        // 40 - 16 asked for - 12 for a replacement leave 12: all trades, all bbo, and two books.
        assertEquals(12, plan.second().get(0).size());
        assertEquals(
                5,
                plan.second().get(0).stream()
                        .filter(s -> s.channel() == Channel.TRADES)
                        .count());
        assertEquals(
                5,
                plan.second().get(0).stream()
                        .filter(s -> s.channel() == Channel.BBO)
                        .count());
        assertEquals(3, plan.left());
    }

    @Test
    void shouldLeaveConnectionsForAReplacementAndATrial() {
        assertEquals(
                "16 subscriptions need 5 connections; feed.budget-percent leaves 40 and 3 of the venue's: choose fewer"
                        + " coins or channels, or raise feed.connection.max-subscriptions",
                assertThrows(IllegalArgumentException.class, () -> plan(coins(5), 4, Redundancy.NONE))
                        .getMessage());
        assertEquals(0, plan(coins(5), 7, Redundancy.TRADES).second().size());
    }

    @Test
    void shouldKeepLanesSoSmallThatTheyCanBeReplaced() {
        VenueLimits limits = VenueLimits.HYPERLIQUID.percent(90);
        LanesConfig config = new LanesConfig(400, Redundancy.NONE, Optional.empty(), Duration.ofHours(1), 90);
        for (int coins = 1; coins <= 240; coins++) {
            List<Subscription> asked = coins(coins);
            LanePlan plan = LanePlan.of(asked, config, limits);
            int largest = plan.first().stream().mapToInt(List::size).max().orElseThrow();
            boolean fits = asked.size() + largest <= limits.subscriptions();
            assertTrue(plan.first().size() <= 7, () -> asked.size() + " need more than the connections");
            // Seven lanes of 112 are 784: beyond that no plan fits.
            assertTrue(
                    fits || asked.size() > 7 * (limits.subscriptions() - asked.size()) - 14,
                    () -> asked.size() + " could be replaced, in lanes smaller than " + largest);
        }
        assertEquals(1, LanePlan.of(coins(99), config, limits).first().size(), "no more lanes than that needs");
    }

    @Test
    void shouldConnectThoughNothingIsAskedFor() {
        assertEquals(List.of(List.of()), plan(List.of(), 10, Redundancy.ALL).first());
    }

    private static LanePlan plan(List<Subscription> asked, int perLane, Redundancy redundancy) {
        return LanePlan.of(
                asked, new LanesConfig(perLane, redundancy, Optional.empty(), Duration.ofHours(1), 100), LIMITS);
    }

    /** Trades, bbo and book of each, and all mids. */
    private static List<Subscription> coins(int count) {
        List<Subscription> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(Subscription.trades("C" + i));
        }
        for (int i = 0; i < count; i++) {
            asked.add(Subscription.bbo("C" + i));
        }
        for (int i = 0; i < count; i++) {
            asked.add(Subscription.book("C" + i, false));
        }
        asked.add(Subscription.allMids(""));
        return asked;
    }
}
