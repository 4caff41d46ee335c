package dev.millrace.handover;

import dev.millrace.market.EventSink;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Holds what a feed receives until there is a journal for it, then lets it pass. For one producing thread; any other may
 * look. Beyond its bound it looks to the feed like a full ring: nothing is dropped. The lock is taken while it holds,
 * never once it lets pass.
 *
 * <p>A connection lost before {@link #keep} leaves nothing: the running daemon has recorded what it brought, and the next
 * connection begins with snapshots of its own.
 */
public final class HeldFeed implements EventSink {

    /** What an event takes beside its payload, roughly. */
    private static final int OVERHEAD_BYTES = 96;

    /** What came while the rounds before were handed on: each is the shorter, unless the feed is faster than the journal. */
    private static final int ROUNDS = 3;

    private static final long PAUSE_NS = 50_000L;

    /**
     * What came since the last look.
     *
     * @param connections how often a connection was lost: then all that is held is told once more
     */
    record News(int connections, List<MarketEvent> events) {}

    private final long maxBytes;
    private List<MarketEvent> held = new ArrayList<>();
    private int told;
    private long bytes;
    private int connections;
    private boolean claimed;
    private boolean full;
    private boolean kept;
    /** Set once; from then on the holder is out of the way. */
    private volatile EventSink through;

    /** @param maxBytes of payloads and what they take beside them */
    public HeldFeed(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public MarketEvent tryClaim(int length) {
        EventSink open = through;
        return open == null ? claim(length) : open.tryClaim(length);
    }

    /** What was claimed here is published here: nothing passes while a claim is open. */
    @Override
    public void publish(MarketEvent event) {
        EventSink open = through;
        if (open == null) {
            hold(event);
        } else {
            open.publish(event);
        }
    }

    private synchronized MarketEvent claim(int length) {
        if (through != null) { // since it was looked at without the lock
            return through.tryClaim(length);
        }
        if (bytes + length + OVERHEAD_BYTES > maxBytes) {
            full = true;
            return null;
        }
        claimed = true;
        return new MarketEvent(length);
    }

    private synchronized void hold(MarketEvent event) {
        claimed = false;
        if (!kept && isLost(event)) {
            forget(Source.connection(event.source()));
        } else {
            held.add(event);
            bytes += event.length() + OVERHEAD_BYTES;
        }
    }

    /** The old daemon has what this connection brought; what follows it begins anew. */
    private void forget(int connection) {
        held.removeIf(event -> Source.connection(event.source()) == connection);
        bytes = held.stream()
                .mapToLong(event -> event.length() + OVERHEAD_BYTES)
                .sum();
        told = 0;
        full = false;
        connections++;
    }

    private static boolean isLost(MarketEvent event) {
        return event.kind() == RecordKind.LIFECYCLE && Lifecycle.of(event.bytes(), event.length()) == Lifecycle.LOST;
    }

    synchronized News news() {
        List<MarketEvent> events = List.copyOf(held.subList(told, held.size()));
        told = held.size();
        return new News(connections, events);
    }

    /** Whether the bound was reached. */
    synchronized boolean isFull() {
        return full;
    }

    /**
     * From here on everything is kept, losses too.
     *
     * @return false when a connection was lost since that look: nothing has changed
     */
    synchronized boolean keep(News lastLook) {
        kept = lastLook.connections() == connections;
        return kept;
    }

    /**
     * Hands on what is held, in order, then lets everything pass. Returns once it does.
     *
     * @param sink where later events go
     * @param journal takes what was held, one by one; false when it takes nothing more, which ends this
     */
    public void passTo(EventSink sink, Predicate<MarketEvent> journal) {
        for (int round = 0; round < ROUNDS; round++) {
            if (!passes(take(), journal)) {
                return;
            }
        }
        while (!passLast(sink, journal)) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private static boolean passes(List<MarketEvent> events, Predicate<MarketEvent> journal) {
        for (MarketEvent event : events) {
            if (!journal.test(event)) {
                return false;
            }
        }
        return true;
    }

    private synchronized List<MarketEvent> take() {
        List<MarketEvent> taken = held;
        held = new ArrayList<>();
        bytes = 0;
        return taken;
    }

    /** The feed waits for its claim meanwhile: a fast one would else bring more as long as what it brought is handed on. */
    private synchronized boolean passLast(EventSink sink, Predicate<MarketEvent> journal) {
        if (claimed) {
            return false;
        }
        if (passes(take(), journal)) {
            through = sink;
        }
        return true;
    }

    /** Forgets what is held and whatever still comes: the handover did not come about, or is over. */
    public void discard() {
        through = new Nowhere();
    }

    private static final class Nowhere implements EventSink {

        @Override
        public MarketEvent tryClaim(int length) {
            return new MarketEvent(length);
        }

        @Override
        public void publish(MarketEvent event) {
            // The old daemon has recorded it.
        }
    }
}
