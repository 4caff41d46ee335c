package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** The coverage of one stream of one symbol: closed stretches of the past and, while live, one that is still growing. */
final class StreamCoverage {

    /** Nothing undecided. */
    static final long DECIDED = Long.MAX_VALUE;

    /** The next frame is the snapshot. */
    private static final long NONE_HELD = 0;

    private final Intervals past = new Intervals();
    private Connection carrier;
    private Connection acknowledgedOn;
    /** The record whose frame came as the snapshot and is held back. */
    private long heldSnapshot = NONE_HELD;

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
        out.writeLong(heldSnapshot);
        out.writeLong(liveFromMs);
        out.writeLong(firstFromMs);
        out.writeLong(brokenAtMs);
        out.writeText(breakCause);
    }

    void readFrom(StateReader in, Connections connections) {
        past.readFrom(in);
        carrier = connections.readReference(in);
        acknowledgedOn = connections.readReference(in);
        heldSnapshot = in.readLong();
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

    /** Whether the frame of this record, on this connection, is the snapshot: it came first after the acknowledgement. */
    boolean awaitsSnapshot(Connection connection, long sequence) {
        return acknowledgedOn == connection && (heldSnapshot == NONE_HELD || heldSnapshot == sequence);
    }

    /** The snapshot came and is held back: what comes after it is none, even if it is applied before. */
    void holdSnapshot(long sequence) {
        heldSnapshot = sequence;
    }

    /** The snapshot that was held is not to be believed: the next frame takes its place. */
    void refuseSnapshot(long sequence) {
        heldSnapshot = heldSnapshot == sequence ? NONE_HELD : heldSnapshot;
    }

    void acknowledge(Connection connection) {
        acknowledgedOn = connection;
        heldSnapshot = NONE_HELD;
    }

    void forget(Connection connection) {
        if (acknowledgedOn == connection) {
            acknowledge(null);
        }
    }

    /** The stream goes on proven whole from this time. */
    void start(Connection connection, long fromMs) {
        carrier = connection;
        acknowledge(null);
        liveFromMs = fromMs;
        firstFromMs = Math.min(firstFromMs, fromMs);
        brokenAtMs = DECIDED;
    }

    /** Another connection carries the stream on without a break. */
    void handOver(Connection connection) {
        carrier = connection;
        acknowledge(null);
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
