package dev.millrace.feed;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Planned replacements, {@code feed.rolling-reconnect}: one lane after the other, the oldest connection first. Event loop only. */
final class RollingReconnect {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** This part of the interval, either way: the connections of many feeds are not to be replaced at once. */
    private static final double JITTER = 0.1;

    private static final long CHECK_MS = 100;

    private final Duration every;
    private final EventLoop loop;
    private final RandomGenerator random;
    private final Supplier<List<Lane>> lanes;
    private long afterNs;
    private Future<?> checks;

    /** @param lanes those of now */
    RollingReconnect(Duration every, EventLoop loop, RandomGenerator random, Supplier<List<Lane>> lanes) {
        this.every = every;
        this.loop = loop;
        this.random = random;
        this.lanes = lanes;
    }

    void start() {
        if (!lanes.get().stream().allMatch(Lane::fitsTwice)) {
            LOG.warn("feed.rolling-reconnect: not where the venue's limits have no room for a connection twice");
        }
        afterNs = jittered();
        checks = loop.scheduleWithFixedDelay(this::replaceOldest, CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (checks != null) {
            checks.cancel(false);
        }
    }

    private void replaceOldest() {
        if (lanes.get().stream().anyMatch(Lane::isReplacing)) {
            return;
        }
        for (Lane lane : lanes.get()) {
            if (lane.isOlderThan(afterNs) && lane.fitsTwice()) {
                afterNs = jittered();
                lane.replace("feed.rolling-reconnect", false, 0);
                return;
            }
        }
    }

    private long jittered() {
        return (long) (every.toNanos() * (1 + JITTER * (2 * random.nextDouble() - 1)));
    }
}
