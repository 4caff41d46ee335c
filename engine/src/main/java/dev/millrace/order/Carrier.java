package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** A connection that carries a stream, whole from a time on, and how far it has brought it. */
final class Carrier {

    private final Connection connection;
    private long fromMs;
    private long deliveredMs;

    Carrier(Connection connection, long fromMs) {
        this(connection, fromMs, fromMs);
    }

    private Carrier(Connection connection, long fromMs, long deliveredMs) {
        this.connection = connection;
        this.fromMs = fromMs;
        this.deliveredMs = deliveredMs;
    }

    void writeTo(StateWriter out) {
        Connections.writeReference(connection, out);
        out.writeLong(fromMs);
        out.writeLong(deliveredMs);
    }

    static Carrier readFrom(StateReader in, Connections connections) {
        return new Carrier(connections.readReference(in), in.readLong(), in.readLong());
    }

    Connection connection() {
        return connection;
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

    /** It proves nothing before this time any more, or is known to prove more than was thought. */
    void startAt(long newFromMs) {
        fromMs = newFromMs;
    }
}
