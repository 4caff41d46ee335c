package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The coverage of one stream of one symbol: closed stretches of the past and, while live, one that is still growing. One
 * connection carries it, or several do: then it is whole as long as what one proves begins before what another proves
 * ends.
 */
final class StreamCoverage {

    /** Nothing undecided. */
    static final long DECIDED = Long.MAX_VALUE;

    private final Intervals past = new Intervals();
    private final AwaitedSnapshots awaited = new AwaitedSnapshots();
    /** While live one of them at least has carried it since liveFromMs. */
    private final List<Carrier> carriers = new ArrayList<>(2);

    private long liveFromMs;
    /** The live stretch is proven up to here by connections that may be gone. */
    private long provenMs;

    private long firstFromMs = DECIDED;
    private long brokenAtMs = DECIDED;
    private String breakCause = "";

    /** Whether nothing ever happened to it: as good as one that was never made. */
    boolean isPristine() {
        return carriers.isEmpty()
                && awaited.isEmpty()
                && firstFromMs == DECIDED
                && brokenAtMs == DECIDED
                && past.isEmpty();
    }

    void writeTo(StateWriter out) {
        past.writeTo(out);
        out.writeInt(carriers.size());
        for (int i = 0; i < carriers.size(); i++) {
            carriers.get(i).writeTo(out);
        }
        awaited.writeTo(out);
        out.writeLong(liveFromMs);
        out.writeLong(provenMs);
        out.writeLong(firstFromMs);
        out.writeLong(brokenAtMs);
        out.writeText(breakCause);
    }

    void readFrom(StateReader in, Connections connections) {
        past.readFrom(in);
        for (int left = in.count(Integer.BYTES + 2 * Long.BYTES); left > 0; left--) {
            carriers.add(Carrier.readFrom(in, connections));
        }
        awaited.readFrom(in, connections);
        liveFromMs = in.readLong();
        provenMs = in.readLong();
        firstFromMs = in.readLong();
        brokenAtMs = in.readLong();
        breakCause = in.readText();
    }

    /** Which of its frames are snapshots. */
    AwaitedSnapshots awaited() {
        return awaited;
    }

    boolean isLive() {
        return !carriers.isEmpty();
    }

    boolean isCarriedTwice() {
        return carriers.size() > 1;
    }

    boolean isCarriedBy(Connection connection) {
        return find(connection) != null;
    }

    boolean isCarriedByOthers(Connection connection) {
        return carriers.size() > (isCarriedBy(connection) ? 1 : 0);
    }

    /** The stream goes on proven whole from this time. */
    void start(Connection connection, long fromMs) {
        carriers.add(new Carrier(connection, fromMs));
        liveFromMs = fromMs;
        provenMs = fromMs;
        firstFromMs = Math.min(firstFromMs, fromMs);
        brokenAtMs = DECIDED;
    }

    /**
     * Another connection carries the live stream too.
     *
     * @param fromMs from where on
     * @param knownMs a time of which it delivered something that was known already; {@link #DECIDED} when there is none
     */
    void support(Connection connection, long fromMs, long knownMs) {
        boolean isJoined = fromMs <= deliveredMs() || knownMs <= deliveredMs();
        carriers.add(new Carrier(connection, isJoined ? Math.min(fromMs, liveFromMs) : fromMs));
    }

    /** A connection brought something of this stream. */
    void onDelivered(Connection connection, long timeMs) {
        Carrier carrier = find(connection);
        if (carrier != null) {
            carrier.onDelivered(timeMs);
        }
    }

    /**
     * A connection no longer carries the stream: others do, or it broke. Where others do, it proves no more than it brought:
     * it may have been mute in this stream alone.
     *
     * @param believedMs what this connection proves ends here at the latest
     * @return where the hole ends that the others left, which began at {@link #provenMs}; {@link #DECIDED} when there is
     *     none, or nobody carries it
     */
    long drop(Connection connection, long believedMs, String cause) {
        Carrier gone = find(connection);
        carriers.remove(gone);
        long endMs = carriers.isEmpty() ? believedMs : Math.min(believedMs, gone.deliveredMs());
        if (gone.fromMs() <= liveFromMs) {
            provenMs = Math.max(provenMs, endMs);
        }
        if (carriers.isEmpty()) {
            breakAt(Math.max(endMs, provenMs), cause);
            return DECIDED;
        }
        long nextMs = DECIDED;
        for (Carrier carrier : carriers) {
            if (carrier.fromMs() <= provenMs) {
                carrier.startAt(Math.min(carrier.fromMs(), liveFromMs));
            } else if (carrier.fromMs() <= endMs) {
                carrier.startAt(Math.min(carrier.fromMs(), gone.fromMs()));
            }
            nextMs = Math.min(nextMs, carrier.fromMs());
        }
        if (nextMs <= liveFromMs) {
            return DECIDED;
        }
        past.append(liveFromMs, provenMs);
        liveFromMs = nextMs;
        return nextMs;
    }

    private void breakAt(long endMs, String cause) {
        past.append(liveFromMs, endMs);
        brokenAtMs = Math.max(endMs, liveFromMs);
        breakCause = cause;
    }

    /** How far the live stretch is proven by what was delivered, whatever becomes of the connections. */
    long provenMs() {
        return provenMs;
    }

    /** The break is proven to have lost nothing: the stretch before it and the one from now on are one. */
    void join(Connection connection, long provableFromMs) {
        boolean touches = !past.isEmpty() && past.end() == brokenAtMs && provableFromMs <= brokenAtMs;
        start(connection, touches ? past.removeLast() : Math.max(brokenAtMs, provableFromMs));
    }

    /** Takes back what was believed from this time on. */
    void truncate(long endMs) {
        past.cut(endMs);
    }

    /** A hole in a live stream; it may reach back behind an earlier one. */
    void hole(long fromMs, long toMs) {
        past.append(liveFromMs, fromMs);
        past.remove(fromMs, toMs);
        liveFromMs = Math.max(liveFromMs, toMs);
    }

    /**
     * A connection lacks something in {@code [fromMs, toMs)}.
     *
     * @return whether another connection proves it
     */
    boolean bridge(Connection connection, long fromMs, long toMs) {
        for (Carrier other : carriers) {
            if (other.connection() != connection
                    && other.fromMs() <= fromMs
                    && !other.connection().isStale()) {
                Carrier lacking = find(connection);
                if (lacking != null) {
                    provenMs = lacking.fromMs() <= liveFromMs ? Math.max(provenMs, fromMs) : provenMs;
                    lacking.startAt(Math.max(lacking.fromMs(), toMs));
                }
                return true;
            }
        }
        return false;
    }

    /** Where coverage first began; {@link #DECIDED} when it never did. */
    long firstFromMs() {
        return firstFromMs;
    }

    boolean isBroken() {
        return brokenAtMs != DECIDED;
    }

    long brokenAtMs() {
        return brokenAtMs;
    }

    String breakCause() {
        return breakCause;
    }

    boolean covered(long fromMs, long toMs, long clockMs) {
        if (isLive() && fromMs >= liveFromMs) {
            return toMs <= provenFrom(fromMs, clockMs);
        }
        return past.contains(fromMs, toMs);
    }

    long unresolvedFromMs() {
        return isLive() ? provenFrom(liveFromMs, DECIDED) : brokenAtMs;
    }

    /** How far the stream is proven without a hole from a time on that lies in the live stretch. */
    private long provenFrom(long fromMs, long clockMs) {
        long reachedMs = Math.max(fromMs, provenMs);
        for (int i = 0; i < carriers.size(); i++) {
            Carrier carrier = carriers.get(i);
            if (carrier.fromMs() <= reachedMs && carrier.connection().provenToMs(clockMs) > reachedMs) {
                reachedMs = carrier.connection().provenToMs(clockMs);
                i = -1; // what this one reached may be where another begins
            }
        }
        return reachedMs;
    }

    private long deliveredMs() {
        long deliveredMs = provenMs;
        for (int i = 0; i < carriers.size(); i++) {
            if (carriers.get(i).fromMs() <= liveFromMs) {
                deliveredMs = Math.max(deliveredMs, carriers.get(i).deliveredMs());
            }
        }
        return deliveredMs;
    }

    private Carrier find(Connection connection) {
        for (int i = 0; i < carriers.size(); i++) {
            if (carriers.get(i).connection() == connection) {
                return carriers.get(i);
            }
        }
        return null;
    }
}
