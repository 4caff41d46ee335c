package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** A connection that carries a stream, whole from a time on. */
final class Carrier {

    private final Connection connection;
    private long fromMs;

    Carrier(Connection connection, long fromMs) {
        this.connection = connection;
        this.fromMs = fromMs;
    }

    void writeTo(StateWriter out) {
        Connections.writeReference(connection, out);
        out.writeLong(fromMs);
    }

    static Carrier readFrom(StateReader in, Connections connections) {
        return new Carrier(connections.readReference(in), in.readLong());
    }

    Connection connection() {
        return connection;
    }

    long fromMs() {
        return fromMs;
    }

    /** It proves nothing before this time any more, or is known to prove more than was thought. */
    void startAt(long newFromMs) {
        fromMs = newFromMs;
    }
}
