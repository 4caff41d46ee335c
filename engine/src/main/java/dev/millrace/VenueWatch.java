package dev.millrace;

import dev.millrace.discovery.DecisionRecord;
import dev.millrace.discovery.Universe;
import dev.millrace.market.NanoClock;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.rest.InfoException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code md-venue}: reads now and then what the venue lists, lets the universe do what is due, journals its
 * decisions, and lets the subscriptions follow. What fails is told once and tried again after a minute, or after the interval
 * of the lists where that is shorter; recording goes on meanwhile.
 */
final class VenueWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VenueWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private final Optional<Universe> universe;
    private final FeedMembership membership;
    private final OwnRecords records;
    private final NanoClock clock;
    private final ErrorLog errors;
    private final long pollNs;
    private final Duration pause;
    private final Lookout lookout;
    private long lastPollNs;
    private long notBeforeNs = Long.MIN_VALUE;
    private volatile UniverseDecision last;
    private boolean failing;

    /**
     * @param universe empty where none is kept
     * @param last its decision before; {@link UniverseDecision#NONE} for none
     */
    VenueWatch(
            Optional<Universe> universe,
            UniverseDecision last,
            FeedMembership membership,
            OwnRecords records,
            Duration pollInterval,
            NanoClock clock,
            ErrorLog errors) {
        this.universe = universe;
        this.last = last;
        this.membership = membership;
        this.records = records;
        this.clock = clock;
        this.errors = errors;
        pollNs = pollInterval.toNanos();
        pause = pause(pollInterval);
        lastPollNs = clock.nowNs(); // the start has just read the lists
        lookout = new Lookout("venue", this::look, errors);
    }

    /**
     * Begins.
     *
     * @param members whether there are members of the universe to subscribe at once
     */
    VenueWatch start(boolean members) {
        if (members) {
            lastPollNs = Long.MIN_VALUE / 2;
        }
        lookout.start();
        return this;
    }

    /** After a failure: whoever wants the lists more often than that does so then, too. */
    static Duration pause(Duration pollInterval) {
        return pollInterval.compareTo(LONGEST_PAUSE) < 0 ? pollInterval : LONGEST_PAUSE;
    }

    /** The last decision about the universe; empty where none is kept. Any thread. */
    Optional<UniverseDecision> decision() {
        return universe.map(kept -> last);
    }

    private void look() throws InterruptedException {
        if (clock.nowNs() >= notBeforeNs) {
            work(clock.nowNs());
        }
    }

    private void work(long nowNs) throws InterruptedException {
        try {
            if (nowNs - lastPollNs >= pollNs || membership.isPending()) {
                membership.poll(nowNs / DAY_NS != lastPollNs / DAY_NS);
                lastPollNs = nowNs;
            }
            if (universe.isPresent()) {
                decide(universe.get().work(TimeUnit.NANOSECONDS.toMillis(nowNs)));
            }
            if (failing) {
                failing = false;
                LOG.info("the venue answers again");
            }
        } catch (IOException | InfoException | RuntimeException e) {
            notBeforeNs = clock.nowNs() + pause.toNanos();
            errors.record("venue", e);
            if (!failing) {
                LOG.warn(
                        "{}; tried again every {} s, nothing changes until then",
                        e.getMessage(),
                        pause.toMillis() / 1e3);
            }
            failing = true;
        }
    }

    private void decide(Optional<UniverseDecision> made) throws InfoException, InterruptedException {
        if (made.isPresent()) {
            UniverseDecision decision = made.get();
            records.universe(DecisionRecord.encode(decision));
            last = decision;
            LOG.info("universe: {}: {}", decision.note(), String.join(" ", decision.members()));
            membership.follow(decision.members());
        }
    }

    /** Ends it; what it was reading is read anew after the next start. */
    @Override
    public void close() {
        lookout.close();
    }
}
