package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.feed.FeedClient;
import dev.millrace.feed.VenueBudget;
import dev.millrace.feed.VenueLimits;
import dev.millrace.handover.HandoverException;
import dev.millrace.handover.HeldFeed;
import dev.millrace.handover.Occupancy;
import dev.millrace.handover.Successor;
import dev.millrace.market.EventSink;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counters;
import dev.millrace.rest.InfoClient;
import dev.millrace.rest.Priority;
import dev.millrace.rest.VenueInfo;
import dev.millrace.thread.CorePin;
import java.util.List;
import java.util.Random;

/**
 * How a start comes to its metadata and its feed: once it has the lock, or, in a handover, before it, held until the
 * running daemon has let go. The thread that starts the engine.
 */
final class FeedStart {

    private final EngineConfig config;
    private final NanoClock clock;
    private final Counters counters;
    private final StartReplies replies = new StartReplies();
    private final InfoClient venue;
    private final HeldFeed held;
    private final boolean feeding;
    private FeedPlan plan;
    private FeedClient feed;

    /** @param feeding whether anything is subscribed; otherwise the venue is only asked */
    FeedStart(EngineConfig config, NanoClock clock, Counters counters, boolean feeding) {
        this.config = config;
        this.clock = clock;
        this.counters = counters;
        this.feeding = feeding;
        venue = RestStart.client(config, replies, clock, counters);
        held = new HeldFeed(config.handover().maxBytes());
    }

    /**
     * Reads the venue's metadata, whose replies wait for the journal.
     *
     * @param members of the universe, as far as they are known yet
     */
    void readPlan(List<String> members) throws InterruptedException {
        RestStart.remember(config, venue, clock.nowNs());
        makePlan(members);
    }

    private void makePlan(List<String> members) throws InterruptedException {
        FeedPlan whole = FeedPlan.make(config, new VenueInfo(venue, Priority.START), members);
        plan = feeding ? whole : new FeedPlan(whole.instruments(), whole.coins(), List.of(), whole.warnings());
    }

    /** The one client of the venue's REST interface, for all who ask it. */
    InfoClient venue() {
        return venue;
    }

    FeedPlan plan() {
        return plan;
    }

    /** Whether anything is subscribed. */
    boolean isFeeding() {
        return feeding;
    }

    /** Feeds beside the running daemon until that one has let go. */
    void takeOver(Successor successor) throws InterruptedException {
        StartChecks.room(config);
        if (successor.spent().isPresent()) {
            venue.remember(successor.spent().get());
            makePlan(successor.members());
        } else {
            readPlan(successor.members()); // an older version: what it asks for from here on is not counted
        }
        feed = beside(successor.occupancy());
        feed.start();
        successor.awaitOverlap(plan.subscriptions(), feed, held);
        successor.release();
        feed.widen(limits());
    }

    private FeedClient beside(Occupancy other) {
        VenueLimits left = other.leaves(limits(), plan.subscriptions().size());
        try {
            return feedInto(held, left);
        } catch (IllegalArgumentException e) {
            throw new HandoverException(
                    "beside the " + other.connections() + " connections of the running daemon: " + e.getMessage(), e);
        }
    }

    /** Journals the metadata and what a handover held, in order; from here on a feed that was held passes. */
    void journal(OwnRecords records, EventSink sink) {
        replies.passTo(sink, records::publish);
        if (feed != null) {
            held.passTo(sink, records::publish);
        }
    }

    /** Connects, where anything is subscribed. */
    void start(FeedClient opened) {
        if (feeding) {
            opened.start();
        }
    }

    /** The feed: the one of the handover, or one that is still to be started. */
    FeedClient feed(EventSink sink) {
        return feed == null ? feedInto(sink, limits()) : feed;
    }

    private VenueLimits limits() {
        return VenueLimits.HYPERLIQUID.percent(config.feed().lanes().budgetPercent());
    }

    private FeedClient feedInto(EventSink sink, VenueLimits limits) {
        FeedClient client = new FeedClient(
                config.hyperliquid(),
                config.feed(),
                plan.subscriptions(),
                new VenueBudget(limits),
                sink,
                clock,
                new Random(),
                counters);
        if (StartChecks.isPinned(config)) {
            int core = config.pipeline().cores().get(0);
            client.onThread(() -> CorePin.pinTo(core));
        }
        return client;
    }

    /** After a handover that did not come about: what was held is forgotten. Otherwise the engine has closed the feed. */
    void close() {
        held.discard();
        if (feed != null) {
            feed.close();
        }
    }
}
