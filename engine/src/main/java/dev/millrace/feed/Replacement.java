package dev.millrace.feed;

import dev.millrace.market.Subscription;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes before it breaks: a second connection with a lane's subscriptions, until each is acknowledged and has given what
 * the venue answers at once with; then it takes over. One that fails is followed by the next, for the old one still
 * delivers. Event loop only.
 */
final class Replacement implements Connection.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** The old connection may be behind: what the snapshots of the new one begin with has reached us over it by then. */
    private static final long LEAST_OVERLAP_MS = 1_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final Lane lane;
    private final Sockets sockets;
    private final FeedParts parts;
    private final Backoff backoff;
    private final long overlapNs;
    private Connection successor;
    private Future<?> next;
    private long readyAtNs = NEVER;
    private boolean isWaiting;
    private boolean isStopped;

    /** @param lateMs how late the old connection is known to be */
    Replacement(Lane lane, Sockets sockets, Backoff backoff, long lateMs) {
        this.lane = lane;
        this.sockets = sockets;
        this.parts = sockets.parts();
        this.backoff = backoff;
        overlapNs = TimeUnit.MILLISECONDS.toNanos(LEAST_OVERLAP_MS + lateMs);
    }

    void begin() {
        if (!parts.intake().isOpen() || !lane.hasRoomTwice() || !parts.budget().tryOpen(parts.nanoTime())) {
            awaitRoom();
            return;
        }
        isWaiting = false;
        readyAtNs = NEVER;
        successor = sockets.next(lane.wanted(), this);
        successor.watchFirstData();
        sockets.open(successor);
    }

    /** Begins nothing more. */
    void stop() {
        isStopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    /** Gives up, with what was begun. */
    void abandon() {
        stop();
        if (successor != null) {
            successor.close("there is nothing to replace any more");
        }
    }

    Optional<Conversation> talk() {
        return Optional.ofNullable(successor).flatMap(Connection::talk);
    }

    boolean isOpen() {
        return successor != null && successor.isOpen();
    }

    boolean isBegun() {
        return successor != null;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    @Override
    public void onConnected(Connection connected) {
        parts.counters().connects.increment();
        LOG.info("connected to {} (connection {})", parts.endpoint(), connected.number());
    }

    @Override
    public void onTick(Connection current) {
        if (!current.isOpen() || isStopped) {
            return;
        }
        long nowNs = current.openForNs();
        if (readyAtNs == NEVER && isReady(current)) {
            readyAtNs = nowNs;
            current.stopWatching();
        }
        boolean hasOverlapped = readyAtNs != NEVER && nowNs - readyAtNs >= overlapNs;
        if (hasOverlapped || !lane.isConnected() || isOverdue(nowNs)) {
            current.stopWatching();
            lane.takeOver(current);
        }
    }

    @Override
    public void onLost(Connection gone, String reason) {
        parts.counters().lost.increment();
        successor = null;
        sockets.gone(gone);
        if (!isStopped) {
            LOG.warn("connection {}, meant to replace another, was lost: {}", gone.number(), reason);
            next = parts.loop().schedule(this::begin, backoff.nextDelayNs(), TimeUnit.NANOSECONDS);
        }
    }

    private boolean isReady(Connection current) {
        Conversation talk = current.talk().orElseThrow();
        for (Subscription subscription : lane.wanted()) {
            if (!talk.delivers(subscription)) {
                return false;
            }
        }
        return true;
    }

    /** A stream that cannot be proven to flow is no reason to keep a connection that was to go. */
    private boolean isOverdue(long openForNs) {
        return openForNs >= parts.config().silenceLimit().toNanos();
    }

    private void awaitRoom() {
        if (!isWaiting) {
            isWaiting = true;
            parts.counters().budgetWaits.increment();
        }
        next = parts.loop().schedule(this::begin, VenueBudget.RETRY_MS, TimeUnit.MILLISECONDS);
    }
}
