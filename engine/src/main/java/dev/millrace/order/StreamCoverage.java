package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** The coverage of one stream of one symbol: closed stretches of the past and, while live, one that is still growing. */
final class StreamCoverage {

    /** Nothing undecided. */
    static final long DECIDED = Long.MAX_VALUE;

    private final Intervals past = new Intervals();
    private Connection carrier;
    private Connection acknowledgedOn;
    private long liveFromMs;
    private long firstFromMs = DECIDED;
    private long brokenAtMs = DECIDED;
    private String breakCause = "";

    /** Whether nothing ever happened to it: as good as one that was never made. */
    boolean isPristine() {
        return carrier == null
                && acknowledgedOn == null
                && firstFromMs == DECIDED
                && brokenAtMs == DECIDED
                && past.isEmpty();
    }

    void writeTo(StateWriter out) {
        past.writeTo(out);
        Connections.writeReference(carrier, out);
        Connections.writeReference(acknowledgedOn, out);
        out.writeLong(liveFromMs);
        out.writeLong(firstFromMs);
        out.writeLong(brokenAtMs);
        out.writeText(breakCause);
    }

    void readFrom(StateReader in, Connections connections) {
        past.readFrom(in);
        carrier = connections.readReference(in);
        acknowledgedOn = connections.readReference(in);
        liveFromMs = in.readLong();
        firstFromMs = in.readLong();
        brokenAtMs = in.readLong();
        breakCause = in.readText();
    }

    boolean isLive() {
        return carrier != null;
    }

    boolean isCarriedBy(Connection connection) {
        return carrier == connection;
    }

    /** Whether the next frame on this connection is a snapshot. */
    boolean awaitsSnapshotOn(Connection connection) {
        return acknowledgedOn == connection;
    }

    void acknowledge(Connection connection) {
        acknowledgedOn = connection;
    }

    void forget(Connection connection) {
        if (acknowledgedOn == connection) {
            acknowledgedOn = null;
        }
    }

    /** The stream goes on proven whole from this time. */
    void start(Connection connection, long fromMs) {
        carrier = connection;
        acknowledgedOn = null;
        liveFromMs = fromMs;
        firstFromMs = Math.min(firstFromMs, fromMs);
        brokenAtMs = DECIDED;
    }

    /** Another connection carries the stream on without a break. */
    void handOver(Connection connection) {
        carrier = connection;
        acknowledgedOn = null;
    }

    /** The stream broke: nothing after this time is proven until it comes back. */
    void breakAt(long endMs, String cause) {
        past.append(liveFromMs, endMs);
        brokenAtMs = Math.max(endMs, liveFromMs);
        breakCause = cause;
        carrier = null;
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
        if (carrier != null && fromMs >= liveFromMs) {
            return toMs <= carrier.provenToMs(clockMs);
        }
        return past.contains(fromMs, toMs);
    }

    long unresolvedFromMs() {
        if (carrier != null) {
            return carrier.isStale() ? carrier.provenToMs(DECIDED) : DECIDED;
        }
        return brokenAtMs;
    }
}
