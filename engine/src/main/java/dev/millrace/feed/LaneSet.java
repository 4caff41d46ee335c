package dev.millrace.feed;

import dev.millrace.config.LanesConfig;
import dev.millrace.market.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The lanes there are, which of them takes one subscription more, and for how many there is room. Event loop only. */
final class LaneSet {

    private final Sockets sockets;
    private final Supplier<Backoff> backoffs;
    private final Lane.Owner owner;
    private final VenueBudget budget;
    private final LanesConfig config;
    /** Every subscription once. */
    private final List<Lane> first = new ArrayList<>();
    /** Those that come a second time. */
    private final List<Lane> second = new ArrayList<>();

    /** @param backoffs one for each lane */
    LaneSet(LanePlan plan, Sockets sockets, Supplier<Backoff> backoffs, Lane.Owner owner) {
        this.sockets = sockets;
        this.backoffs = backoffs;
        this.owner = owner;
        budget = sockets.parts().budget();
        config = sockets.parts().config().lanes();
        plan.first().forEach(asked -> addLane(first, asked));
        plan.second().forEach(asked -> addLane(second, asked));
    }

    private Lane addLane(List<Lane> to, List<Subscription> asked) {
        Lane lane = new Lane(first.size() + second.size() + 1, asked, sockets, backoffs.get(), owner);
        to.add(lane);
        return lane;
    }

    List<Lane> all() {
        List<Lane> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Those on a connection of this number: none when it is gone. */
    List<Lane> carriedBy(int connection) {
        return all().stream().filter(lane -> lane.isCarriedBy(connection)).toList();
    }

    Set<Subscription> wanted() {
        Set<Subscription> wanted = new HashSet<>();
        all().forEach(lane -> wanted.addAll(lane.wanted()));
        return wanted;
    }

    /** What comes once only, in the order asked for. */
    List<Subscription> wantedOnce() {
        return first.stream()
                .flatMap(lane -> lane.wanted().stream())
                .filter(one -> second.stream().noneMatch(lane -> lane.wanted().contains(one)))
                .toList();
    }

    /** How many come twice. */
    int twice() {
        return sum(second);
    }

    /** How many more subscriptions the venue's limits can hold when every lane has what it wants. */
    int spare() {
        return budget.limits().subscriptions() - sum(all());
    }

    /** How many different ones the lanes of now and those that may still be opened can carry. */
    int most() {
        return first.size() * config.maxSubscriptions() + roomForLanes();
    }

    /** Carries one more. */
    void add(Subscription subscription) {
        home(first, subscription).add(subscription);
    }

    /** Carries one a second time, where there is room beside the replacement of a full lane. */
    void addTwice(Subscription subscription) {
        if (hasRoomTwice()) {
            home(second, subscription).add(subscription);
        }
    }

    private boolean hasRoomTwice() {
        boolean hasLane = second.stream().anyMatch(lane -> lane.wanted().size() < laneSize());
        int largest =
                all().stream().mapToInt(lane -> lane.wanted().size()).max().orElse(0);
        return largest < spare() && (hasLane || roomForLanes() > 0);
    }

    private int roomForLanes() {
        return Math.max(0, LanePlan.lanes(budget.limits()) - first.size() - second.size()) * config.maxSubscriptions();
    }

    /** None grows beyond what can be replaced while it can have another beside it. */
    private int laneSize() {
        int most = config.maxSubscriptions();
        return roomForLanes() > 0 ? LanePlan.replaceable(budget.limits(), sum(all()), most) : most;
    }

    /** Where the coin is, where there is room, or a new lane. */
    private Lane home(List<Lane> among, Subscription subscription) {
        Lane roomy = null;
        int size = laneSize();
        for (Lane lane : among) {
            Set<Subscription> there = lane.wanted();
            boolean hasCoin = there.stream().anyMatch(one -> one.coin().equals(subscription.coin()));
            if (hasCoin && there.size() < config.maxSubscriptions()) {
                return lane;
            }
            roomy = roomy == null && there.size() < size ? lane : roomy;
        }
        if (roomy == null) {
            roomy = addLane(among, List.of());
            roomy.start();
        }
        return roomy;
    }

    private static int sum(List<Lane> lanes) {
        return lanes.stream().mapToInt(lane -> lane.wanted().size()).sum();
    }
}
