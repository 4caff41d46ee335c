package dev.millrace.feed;

import dev.millrace.config.LanesConfig;
import dev.millrace.feed.FeedStatus.State;
import dev.millrace.market.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of a feed, what is asked for on each, and the picture of them all. Event loop only, but for the picture. */
final class Lanes implements Lane.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** Jitter of planned replacements: this part of their interval, either way. */
    private static final double JITTER = 0.1;

    private static final long ROLL_CHECK_MS = 100;

    private final Sockets sockets;
    private final FeedParts parts;
    private final LanesConfig config;
    private final RandomGenerator random;
    /** Every subscription once. */
    private final List<Lane> first = new ArrayList<>();
    /** Those that come a second time. */
    private final List<Lane> second = new ArrayList<>();

    private final Quarantine quarantine;
    private Future<?> rolling;
    private long rollAfterNs;
    private boolean isStopped = true;
    private String lastReason = "";
    private volatile FeedStatus status;

    Lanes(LanePlan plan, Sockets sockets, RandomGenerator random) {
        this.sockets = sockets;
        this.parts = sockets.parts();
        this.config = parts.config().lanes();
        this.random = random;
        quarantine = new Quarantine(sockets, backoff(), this::onLaneChanged);
        plan.first().forEach(asked -> addLane(first, asked));
        plan.second().forEach(asked -> addLane(second, asked));
        parts.counters()
                .redundant
                .set(plan.second().stream().mapToInt(List::size).sum());
        if (plan.left() > 0) {
            LOG.warn(
                    "feed.redundancy: {} streams come over one connection only, the venue's limits leave no room for more",
                    plan.left());
        }
        status = picture();
    }

    void start() {
        isStopped = false;
        all().forEach(Lane::start);
        config.rollingReconnect().ifPresent(this::roll);
    }

    /** Nothing is connected any more; whoever stops it closes the sockets. */
    void stop() {
        isStopped = true;
        if (rolling != null) {
            rolling.cancel(false);
        }
        quarantine.stop();
        all().forEach(Lane::stop);
        onLaneChanged();
    }

    FeedStatus status() {
        return status;
    }

    void subscribe(List<Subscription> more) {
        Set<Subscription> asked = asked();
        Set<Subscription> fresh = new LinkedHashSet<>(more);
        fresh.removeAll(asked);
        int limit = parts.budget().limits().subscriptions();
        int total = asked.size() + fresh.size();
        if (total > limit || total > first.size() * config.maxSubscriptions() + roomForLanes()) {
            throw new IllegalArgumentException(fresh.size() + " more subscriptions beside " + asked.size()
                    + " are more than the venue's limits and feed.connection.max-subscriptions allow, " + limit);
        }
        for (Subscription subscription : fresh) {
            home(first, subscription).add(subscription);
            askTwice(subscription);
        }
        countTwice();
        onLaneChanged();
    }

    /** There is room for more: what is to come twice and does not does so now, the most important first. */
    void askTwice() {
        first.stream()
                .flatMap(lane -> lane.wanted().stream())
                .sorted(Comparator.comparingInt(LanePlan::priority))
                .filter(one -> second.stream().noneMatch(lane -> lane.wanted().contains(one)))
                .forEach(this::askTwice);
        countTwice();
        onLaneChanged();
    }

    private void askTwice(Subscription subscription) {
        if (LanePlan.isDoubled(subscription, config.redundancy()) && hasRoomTwice()) {
            home(second, subscription).add(subscription);
        }
    }

    void retire(List<Subscription> fewer) {
        for (Subscription subscription : fewer) {
            quarantine.retire(subscription);
            all().forEach(lane -> lane.retire(subscription));
        }
        countTwice();
        onLaneChanged();
    }

    /** Nothing when the connection is gone, or does not hold it. */
    void renew(int connection, Subscription subscription) {
        all().stream().filter(lane -> lane.isCarriedBy(connection)).forEach(lane -> lane.renew(subscription));
    }

    /**
     * Nothing when the connection is gone, or is being replaced.
     *
     * @param lateMs how late it brings everything
     */
    void replace(int connection, boolean mayCut, long lateMs) {
        all().stream()
                .filter(lane -> lane.isCarriedBy(connection))
                .forEach(lane -> lane.replace("the market asks for it", mayCut, lateMs));
    }

    @Override
    public int spare() {
        return parts.budget().limits().subscriptions() - wanted();
    }

    @Override
    public int spent() {
        return all().stream().mapToInt(Lane::takenTwice).sum();
    }

    private int wanted() {
        return all().stream().mapToInt(lane -> lane.wanted().size()).sum();
    }

    @Override
    public void onLaneChanged() {
        status = picture();
    }

    @Override
    public void onLaneLost(String reason) {
        lastReason = reason;
    }

    @Override
    public boolean onSuspects(Lane lane, List<Subscription> suspects) {
        Map<Subscription, List<Lane>> apart = new LinkedHashMap<>();
        for (Subscription suspect : suspects) {
            if (all().stream().noneMatch(other -> other.holds(suspect))) {
                apart.put(
                        suspect,
                        all().stream().filter(home -> home.retire(suspect)).toList());
            }
        }
        quarantine.suspect(apart);
        return !apart.isEmpty();
    }

    private void countTwice() {
        parts.counters()
                .redundant
                .set(second.stream().mapToInt(lane -> lane.wanted().size()).sum());
    }

    private void addLane(List<Lane> to, List<Subscription> asked) {
        to.add(new Lane(first.size() + second.size() + 1, asked, sockets, backoff(), this));
    }

    private Backoff backoff() {
        return new Backoff(parts.config().reconnectMinDelay(), parts.config().reconnectMaxDelay(), random);
    }

    private List<Lane> all() {
        List<Lane> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private Set<Subscription> asked() {
        Set<Subscription> asked = new HashSet<>();
        all().forEach(lane -> asked.addAll(lane.wanted()));
        asked.addAll(quarantine.suspects());
        asked.addAll(quarantine.quarantined());
        return asked;
    }

    private int roomForLanes() {
        return Math.max(0, LanePlan.lanes(parts.budget().limits()) - first.size() - second.size())
                * config.maxSubscriptions();
    }

    /** Whether one more can come twice, beside the replacement of a full lane. */
    private boolean hasRoomTwice() {
        boolean hasLane = second.stream().anyMatch(lane -> lane.wanted().size() < laneSize());
        int largest =
                all().stream().mapToInt(lane -> lane.wanted().size()).max().orElse(0);
        return largest < spare() && (hasLane || roomForLanes() > 0);
    }

    /** None grows beyond what can be replaced while it can have another beside it. */
    private int laneSize() {
        int most = config.maxSubscriptions();
        return roomForLanes() > 0 ? LanePlan.replaceable(parts.budget().limits(), wanted(), most) : most;
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
            addLane(among, List.of());
            roomy = among.get(among.size() - 1);
            roomy.start();
        }
        return roomy;
    }

    /** One lane after the other, the oldest connection first. */
    private void roll(Duration every) {
        if (!all().stream().allMatch(Lane::fitsTwice)) {
            LOG.warn("feed.rolling-reconnect: not where the venue's limits have no room for a connection twice");
        }
        rollAfterNs = jittered(every);
        rolling = parts.loop()
                .scheduleWithFixedDelay(
                        () -> replaceOldest(every), ROLL_CHECK_MS, ROLL_CHECK_MS, TimeUnit.MILLISECONDS);
    }

    private void replaceOldest(Duration every) {
        if (all().stream().anyMatch(Lane::isReplacing)) {
            return;
        }
        for (Lane lane : all()) {
            if (lane.isOlderThan(rollAfterNs) && lane.fitsTwice()) {
                rollAfterNs = jittered(every);
                lane.replace("feed.rolling-reconnect", false, 0);
                return;
            }
        }
    }

    private long jittered(Duration every) {
        return (long) (every.toNanos() * (1 + JITTER * (2 * random.nextDouble() - 1)));
    }

    private FeedStatus picture() {
        List<LaneStatus> each = all().stream().map(Lane::status).toList();
        State state = state();
        boolean isSame = status != null && status.state() == state;
        Set<Subscription> asked = asked();
        Set<Subscription> held = new HashSet<>();
        all().forEach(lane -> held.addAll(lane.held()));
        held.retainAll(asked);
        return new FeedStatus(
                state,
                sockets.lastNumber(),
                isSame ? status.sinceNs() : parts.clock().nowNs(),
                parts.counters().reconnects.get(),
                lastReason,
                each.stream()
                        .map(LaneStatus::lastError)
                        .filter(error -> !error.isEmpty())
                        .findFirst()
                        .orElse(""),
                asked.size(),
                held.size(),
                quarantine.suspects(),
                quarantine.quarantined(),
                each);
    }

    /** That of the first lane whose streams no other one has meanwhile; a lane without any counts for itself. */
    private State state() {
        if (isStopped) {
            return State.STOPPED;
        }
        Set<Subscription> reached = new HashSet<>();
        all().stream().filter(Lane::isConnected).forEach(lane -> reached.addAll(lane.wanted()));
        return all().stream()
                .filter(lane -> !lane.isConnected())
                .filter(lane -> lane.wanted().isEmpty() || !reached.containsAll(lane.wanted()))
                .map(lane -> lane.status().state())
                .findFirst()
                .orElse(State.CONNECTED);
    }
}
