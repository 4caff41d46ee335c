package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** A connection that carries a stream, whole from a time on, and how far it has brought it. */
final class Carrier {

    private final Connection connection;
    private final long sinceMs;
    private long fromMs;
    private long deliveredMs;

    /**
     * @param sinceMs from where on it has brought the stream itself
     * @param fromMs from where on it proves it, by what others brought before
     */
    Carrier(Connection connection, long sinceMs, long fromMs) {
        this(connection, sinceMs, fromMs, Math.min(sinceMs, fromMs));
    }

    private Carrier(Connection connection, long sinceMs, long fromMs, long deliveredMs) {
        this.connection = connection;
        this.sinceMs = sinceMs;
        this.fromMs = fromMs;
        this.deliveredMs = deliveredMs;
    }

    void writeTo(StateWriter out) {
        Connections.writeReference(connection, out);
        out.writeLong(sinceMs);
        out.writeLong(fromMs);
        out.writeLong(deliveredMs);
    }

    static Carrier readFrom(StateReader in, Connections connections) {
        return new Carrier(connections.readReference(in), in.readLong(), in.readLong(), in.readLong());
    }

    Connection connection() {
        return connection;
    }

    long sinceMs() {
        return sinceMs;
    }

    long fromMs() {
        return fromMs;
    }

    /** The newest of the stream itself that came over it; other streams of its connection may be further. */
    long deliveredMs() {
        return deliveredMs;
    }

    void onDelivered(long timeMs) {
        deliveredMs = Math.max(deliveredMs, timeMs);
    }

    /** The venue's clock went back: what is stamped with later times may still come. */
    void onClockBack(long timeMs) {
        deliveredMs = Math.min(deliveredMs, timeMs);
    }

    /** It proves nothing before this time any more, or is known to prove more than was thought. */
    void startAt(long newFromMs) {
        fromMs = newFromMs;
    }
}
