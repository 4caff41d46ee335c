package dev.millrace.feed;

import dev.millrace.config.LanesConfig;
import dev.millrace.config.LanesConfig.Redundancy;
import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which subscriptions share a connection. All of a coin go over one, so that one connection's order is the coin's; those
 * that come twice go over lanes of their own the second time. A lane is so small that the venue's limits have room for it
 * twice, as long as there are connections enough: so it can be replaced before it is closed.
 *
 * @param first every subscription once, lane by lane
 * @param second those that come a second time, lane by lane; empty without redundancy
 * @param left how many more would come twice if the venue's limits allowed it
 */
record LanePlan(List<List<Subscription>> first, List<List<Subscription>> second, int left) {

    /** A replacement and a trial of suspects need a connection each, at any time. */
    private static final int SPARE_CONNECTIONS = 2;

    /**
     * Spreads them.
     *
     * @throws IllegalArgumentException when the venue's limits do not suffice for each once, saying what would do
     */
    static LanePlan of(Collection<Subscription> asked, LanesConfig config, VenueLimits limits) {
        int lanes = lanes(limits);
        int most = config.maxSubscriptions();
        List<List<Subscription>> first =
                spread(asked, sizeFor(asked, replaceable(limits, asked.size(), most), most, lanes));
        if (asked.size() > limits.subscriptions() || first.size() > lanes) {
            throw new IllegalArgumentException(asked.size() + " subscriptions need " + first.size()
                    + " connections; feed.budget-percent leaves " + limits.subscriptions() + " and " + lanes
                    + " of the venue's: choose fewer coins or channels, or raise feed.connection.max-subscriptions");
        }
        List<Subscription> doubled = asked.stream()
                .filter(one -> isDoubled(one, config.redundancy()))
                .sorted(Comparator.comparingInt(LanePlan::priority))
                .toList();
        // A replacement subscribes a whole lane again, beside everything else; a second lane is no larger than a first.
        int largest = first.stream().mapToInt(List::size).max().orElse(0);
        int spare = limits.subscriptions() - asked.size() - largest;
        int room = Math.max(0, Math.min(spare, (lanes - first.size()) * largest));
        int taken = Math.min(doubled.size(), room);
        while (taken > 0
                && first.size() + spread(doubled.subList(0, taken), largest).size() > lanes) {
            taken--;
        }
        List<List<Subscription>> second = spread(doubled.subList(0, taken), largest);
        return new LanePlan(first, taken == 0 ? List.of() : second, doubled.size() - taken);
    }

    /** Half of what the limit leaves: there is room for two lanes twice, or for one when more has come to be asked for. */
    static int replaceable(VenueLimits limits, int asked, int most) {
        return Math.max(1, Math.min(most, (limits.subscriptions() - asked) / 2));
    }

    /** That, or as much more as the connections need that there are. */
    private static int sizeFor(Collection<Subscription> asked, int replaceable, int most, int lanes) {
        int size = replaceable;
        while (size < most && spread(asked, size).size() > lanes) {
            size++;
        }
        return size;
    }

    /** How many connections the lanes may have. */
    static int lanes(VenueLimits limits) {
        return Math.max(1, limits.connections() - SPARE_CONNECTIONS);
    }

    /** Whether this one is to come twice: only what has a time of the exchange, by which its copy is known. */
    static boolean isDoubled(Subscription subscription, Redundancy redundancy) {
        return switch (redundancy) {
            case NONE -> false;
            case TRADES -> subscription.channel() == Channel.TRADES;
            case ALL -> priority(subscription) < Integer.MAX_VALUE;
        };
    }

    /** What comes twice first where there is not room for all. */
    static int priority(Subscription subscription) {
        return switch (subscription.channel()) {
            case TRADES -> 0;
            case BBO -> 1;
            case L2_BOOK -> subscription.fast() ? 2 : 3;
            default -> Integer.MAX_VALUE;
        };
    }

    /** At least one lane, none above the limit but for a coin that is; the order within a lane is the one asked for. */
    private static List<List<Subscription>> spread(Collection<Subscription> asked, int perLane) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        asked.forEach(one -> sizes.merge(one.coin(), 1, Integer::sum));
        Map<String, Integer> laneOf = new LinkedHashMap<>();
        int lane = 0;
        int used = 0;
        for (Map.Entry<String, Integer> coin : sizes.entrySet()) {
            if (used > 0 && used + coin.getValue() > perLane) {
                lane++;
                used = 0;
            }
            used += coin.getValue();
            laneOf.put(coin.getKey(), lane);
        }
        List<List<Subscription>> lanes = new ArrayList<>();
        for (int i = 0; i <= lane; i++) {
            lanes.add(new ArrayList<>());
        }
        asked.forEach(one -> lanes.get(laneOf.get(one.coin())).add(one));
        return lanes;
    }
}
