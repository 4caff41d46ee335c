package dev.millrace.feed;

import dev.millrace.config.LanesConfig;
import dev.millrace.market.Subscription;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked for on the lanes of a feed, and what becomes of it. Event loop only, but for the picture. */
final class Lanes implements Lane.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);

    private final FeedParts parts;
    private final LanesConfig config;
    private final LaneSet lanes;
    private final Quarantine quarantine;
    private final Optional<RollingReconnect> rolling;
    private final FeedPicture picture;
    private boolean isStopped = true;

    Lanes(LanePlan plan, Sockets sockets, RandomGenerator random) {
        parts = sockets.parts();
        config = parts.config().lanes();
        quarantine = new Quarantine(sockets, backoff(random), this::onLaneChanged);
        lanes = new LaneSet(plan, sockets, () -> backoff(random), this);
        rolling = config.rollingReconnect().map(every -> new RollingReconnect(every, parts.loop(), random, lanes::all));
        picture = new FeedPicture(sockets, lanes, quarantine);
        countTwice();
        if (plan.left() > 0) {
            LOG.warn(
                    "feed.redundancy: {} streams come over one connection only, the venue's limits leave no room for more",
                    plan.left());
        }
        onLaneChanged();
    }

    private Backoff backoff(RandomGenerator random) {
        return new Backoff(parts.config().reconnectMinDelay(), parts.config().reconnectMaxDelay(), random);
    }

    void start() {
        isStopped = false;
        lanes.all().forEach(Lane::start);
        rolling.ifPresent(RollingReconnect::start);
    }

    /** Nothing is connected any more; whoever stops it closes the sockets. */
    void stop() {
        isStopped = true;
        rolling.ifPresent(RollingReconnect::stop);
        quarantine.stop();
        lanes.all().forEach(Lane::stop);
        onLaneChanged();
    }

    /** Any thread. */
    FeedStatus status() {
        return picture.status();
    }

    void subscribe(List<Subscription> more) {
        Set<Subscription> asked = asked();
        Set<Subscription> fresh = new LinkedHashSet<>(more);
        fresh.removeAll(asked);
        int limit = parts.budget().limits().subscriptions();
        int total = asked.size() + fresh.size();
        if (total > limit || total > lanes.most()) {
            throw new IllegalArgumentException(fresh.size() + " more subscriptions beside " + asked.size()
                    + " are more than the venue's limits and feed.connection.max-subscriptions allow, " + limit);
        }
        for (Subscription subscription : fresh) {
            lanes.add(subscription);
            askTwice(subscription);
        }
        countTwice();
        onLaneChanged();
    }

    /** There is room for more: what is to come twice and does not does so now, the most important first. */
    void askTwice() {
        lanes.wantedOnce().stream()
                .sorted(Comparator.comparingInt(LanePlan::priority))
                .forEach(this::askTwice);
        countTwice();
        onLaneChanged();
    }

    private void askTwice(Subscription subscription) {
        if (LanePlan.isDoubled(subscription, config.redundancy())) {
            lanes.addTwice(subscription);
        }
    }

    void retire(List<Subscription> fewer) {
        for (Subscription subscription : fewer) {
            quarantine.retire(subscription);
            lanes.all().forEach(lane -> lane.retire(subscription));
        }
        countTwice();
        onLaneChanged();
    }

    /** Nothing when the connection is gone, or does not hold it. */
    void renew(int connection, Subscription subscription) {
        lanes.carriedBy(connection).forEach(lane -> lane.renew(subscription));
    }

    /**
     * Nothing when the connection is gone, or is being replaced.
     *
     * @param mayCut whether it is closed first where the venue's limits cannot hold it twice
     * @param lateMs how late it brings everything
     */
    void replace(int connection, boolean mayCut, long lateMs) {
        lanes.carriedBy(connection).forEach(lane -> lane.replace("the market asks for it", mayCut, lateMs));
    }

    private void countTwice() {
        parts.counters().redundant.set(lanes.twice());
    }

    private Set<Subscription> asked() {
        Set<Subscription> asked = lanes.wanted();
        asked.addAll(quarantine.suspects());
        asked.addAll(quarantine.quarantined());
        return asked;
    }

    @Override
    public int spare() {
        return lanes.spare();
    }

    @Override
    public int spent() {
        return lanes.all().stream().mapToInt(Lane::takenTwice).sum();
    }

    @Override
    public void onLaneChanged() {
        picture.take(asked(), isStopped);
    }

    @Override
    public void onLaneLost(String reason) {
        picture.onLost(reason);
    }

    @Override
    public boolean onSuspects(Lane lane, List<Subscription> suspects) {
        Map<Subscription, List<Lane>> apart = new LinkedHashMap<>();
        for (Subscription suspect : suspects) {
            if (lanes.all().stream().noneMatch(other -> other.holds(suspect))) {
                apart.put(
                        suspect,
                        lanes.all().stream()
                                .filter(home -> home.retire(suspect))
                                .toList());
            }
        }
        quarantine.suspect(apart);
        return !apart.isEmpty();
    }
}
