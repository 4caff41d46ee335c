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

    /** What is missing in {@code [fromMs, toMs)}. */
    record Hole(long fromMs, long toMs) {}

    /** Nothing undecided. */
    static final long DECIDED = Long.MAX_VALUE;

    private final Intervals past = new Intervals();
    private final AwaitedSnapshots awaited = new AwaitedSnapshots();
    /** While live one of them at least has carried it since liveFromMs. */
    private final List<Carrier> carriers = new ArrayList<>(2);

    private final Doubts doubts = new Doubts();

    private long liveFromMs;
    /** The live stretch is proven up to here by connections that may be gone. */
    private long provenMs;

    private long firstFromMs = DECIDED;
    private long brokenAtMs = DECIDED;
    /** How far what came of the stream itself had proven it when it broke. */
    private long shownMs = DECIDED;
    /** When the last frame came before it broke. */
    private long brokenNs;

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
        doubts.writeTo(out);
        awaited.writeTo(out);
        out.writeLong(liveFromMs);
        out.writeLong(provenMs);
        out.writeLong(firstFromMs);
        out.writeLong(brokenAtMs);
        out.writeLong(shownMs);
        out.writeLong(brokenNs);
        out.writeText(breakCause);
    }

    void readFrom(StateReader in, Connections connections) {
        past.readFrom(in);
        for (int left = in.count(Integer.BYTES + 3 * Long.BYTES); left > 0; left--) {
            carriers.add(Carrier.readFrom(in, connections));
        }
        doubts.readFrom(in, connections);
        awaited.readFrom(in, connections);
        liveFromMs = in.readLong();
        provenMs = in.readLong();
        firstFromMs = in.readLong();
        brokenAtMs = in.readLong();
        shownMs = in.readLong();
        brokenNs = in.readLong();
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

    /** Whether a connection brings the stream, or is about to. */
    boolean isOn(Connection connection) {
        return isCarriedBy(connection) || awaited.areOn(connection);
    }

    /**
     * The stream goes on proven whole from this time, or from behind its last hole: where the clock went back that is still
     * to come, and what it gives again fills no hole.
     */
    void start(Connection connection, long fromMs) {
        start(connection, fromMs, Math.max(fromMs, liveFromMs));
    }

    private void start(Connection connection, long sinceMs, long fromMs) {
        carriers.add(new Carrier(connection, sinceMs, fromMs));
        liveFromMs = fromMs;
        provenMs = fromMs;
        firstFromMs = Math.min(firstFromMs, fromMs);
        brokenAtMs = DECIDED;
        shownMs = DECIDED;
    }

    /**
     * Another connection carries the live stream too.
     *
     * @param fromMs from where on
     * @param knownMs a time of which it delivered something that was known already; {@link #DECIDED} when there is none
     */
    void support(Connection connection, long fromMs, long knownMs) {
        long beginMs = Math.min(fromMs, knownMs);
        boolean isJoined = beginMs <= deliveredMs();
        Carrier carrier = new Carrier(connection, fromMs, isJoined ? Math.min(beginMs, liveFromMs) : fromMs);
        carriers.add(carrier);
        doubts.onCarrier(carrier);
    }

    /** A connection brought something of this stream. */
    void onDelivered(Connection connection, long timeMs) {
        Carrier carrier = find(connection);
        if (carrier != null) {
            carrier.onDelivered(timeMs);
        }
    }

    /** The venue's clock went back to this time, as a connection shows: what others brought of later ones may come again too. */
    void onClockBack(long timeMs) {
        for (int i = 0; i < carriers.size(); i++) {
            carriers.get(i).onClockBack(timeMs);
        }
        provenMs = Math.min(provenMs, Math.max(timeMs, liveFromMs));
    }

    /**
     * Times from this one on come again, on a live stream. What it proves begins behind its last hole; were something of these
     * times lost before that, nobody would see it, so that what they were proven before is taken back.
     *
     * @return what was; null when nothing
     */
    Hole takeBack(long timeMs) {
        if (!isLive() || past.isEmpty() || past.end() <= timeMs) {
            return null;
        }
        Hole again = new Hole(timeMs, past.end());
        past.cut(timeMs);
        return again;
    }

    /**
     * A connection no longer carries the stream: others do, or it broke. Where others do, it proves no more than it brought:
     * it may have been mute in this stream alone.
     *
     * @param believedMs what this connection proves ends here at the latest
     * @return the hole that the others left; null when there is none, or nobody carries it
     */
    Hole drop(Connection connection, long believedMs, String cause) {
        Carrier gone = find(connection);
        carriers.remove(gone);
        boolean isChained = gone.fromMs() <= provenMs;
        long endMs = Math.min(believedMs, gone.deliveredMs());
        if (carriers.isEmpty()) {
            long besidesMs = connection.provenBesides(provenMs);
            shownMs = isChained ? Math.max(besidesMs, endMs) : besidesMs;
            brokenNs = connection.lastReceiveNs();
            breakAt(Math.max(believedMs, besidesMs), cause);
            return null;
        }
        for (Carrier carrier : carriers) {
            endMs = carrier.connection().provenBesides(endMs);
        }
        provenMs = isChained ? Math.max(provenMs, endMs) : provenMs;
        long nextMs = DECIDED;
        for (Carrier carrier : carriers) {
            if (carrier.fromMs() <= provenMs) {
                carrier.startAt(Math.min(carrier.fromMs(), liveFromMs));
            } else if (carrier.fromMs() <= endMs) {
                carrier.startAt(Math.min(carrier.fromMs(), gone.fromMs()));
            }
            nextMs = Math.min(nextMs, carrier.fromMs());
        }
        return nextMs <= provenMs ? null : goOnFrom(nextMs);
    }

    /** Nobody brought what lies between what is proven and this time: only the silence of one that is gone spoke for it. */
    private Hole goOnFrom(long nextMs) {
        Hole hole = new Hole(provenMs, nextMs);
        past.append(liveFromMs, provenMs);
        past.remove(provenMs, nextMs);
        liveFromMs = Math.max(liveFromMs, nextMs);
        provenMs = nextMs;
        return hole;
    }

    private void breakAt(long endMs, String cause) {
        past.append(liveFromMs, endMs);
        brokenAtMs = Math.max(endMs, liveFromMs);
        breakCause = cause;
    }

    /**
     * The break is proven to have lost nothing: the stretch before it and the one from now on are one.
     *
     * @param sinceMs from where on the connection brought the stream
     */
    void join(Connection connection, long sinceMs, long provableFromMs) {
        boolean touches = !past.isEmpty() && past.end() == brokenAtMs && provableFromMs <= brokenAtMs;
        start(connection, sinceMs, touches ? past.removeLast() : Math.max(brokenAtMs, provableFromMs));
    }

    /** Takes back what was believed from this time on. */
    void truncate(long endMs) {
        past.cut(endMs);
    }

    /** A hole; it may reach back behind an earlier one. */
    void hole(long fromMs, long toMs) {
        if (isLive()) {
            past.append(liveFromMs, fromMs);
            liveFromMs = Math.max(liveFromMs, toMs);
        }
        past.remove(fromMs, toMs);
    }

    /**
     * A connection lacks something in {@code [fromMs, toMs)}.
     *
     * @return whether another may have brought it: then it is in doubt until that is known
     */
    boolean doubt(Connection connection, long fromMs, long toMs) {
        return doubts.raise(connection, fromMs, toMs, carriers);
    }

    boolean hasDoubts() {
        return !doubts.isEmpty();
    }

    /** Settles what was brought since; whether it did. */
    boolean settleDoubts() {
        return doubts.settle(carriers);
    }

    /** Gives up what nobody can settle, what began before the one time, and what reaches beyond the other. */
    void giveUpDoubts(long beforeMs, long beyondMs, Doubts.Missing missing) {
        doubts.giveUp(beforeMs, beyondMs, missing);
    }

    /** A connection is about to end: what it has not settled by now it never will. */
    void withdraw(Connection connection) {
        doubts.settle(carriers);
        doubts.withdraw(connection);
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

    /** Of a broken stream: what its own trades proved ends here; further on only silence did. */
    long shownMs() {
        return shownMs;
    }

    /** Of a broken stream: when the last frame came that it might have come with. */
    long brokenNs() {
        return brokenNs;
    }

    /** How far a connection has brought it. */
    long deliveredMs(Connection connection) {
        return find(connection).deliveredMs();
    }

    String breakCause() {
        return breakCause;
    }

    boolean covered(long fromMs, long toMs, long clockMs) {
        if (doubts.touch(fromMs, toMs)) {
            return false;
        }
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

    /** How far it is proven by what was delivered. */
    private long deliveredMs() {
        long reachedMs = provenMs;
        for (int i = 0; i < carriers.size(); i++) {
            Carrier carrier = carriers.get(i);
            if (carrier.fromMs() <= reachedMs && carrier.deliveredMs() > reachedMs) {
                reachedMs = carrier.deliveredMs();
                i = -1; // what this one reached may be where another begins
            }
        }
        return reachedMs;
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
