package dev.millrace.order;

import dev.millrace.market.Basis;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.function.LongUnaryOperator;

/**
 * The stretches of exchange time in which each symbol's books are proven whole. Every book frame is whole, so a break is
 * joined by one of a time that was covered before it. Market thread.
 */
public final class BookStreams {

    private final Connections connections;
    private final LongUnaryOperator undecided;
    private final Coverage.Listener listener;
    private final StreamTable streams = new StreamTable();

    /** @param undecided the given time, or the first that the revision window has not left */
    BookStreams(Connections connections, LongUnaryOperator undecided, Coverage.Listener listener) {
        this.connections = connections;
        this.undecided = undecided;
        this.listener = listener;
    }

    /**
     * A book or bbo frame of this symbol was applied.
     *
     * @param timeMs its exchange time: the first after a break that is no later than the break joins both sides
     * @param provableFromMs nothing before this can be made whole any more
     */
    public void onBook(int symbol, int connection, long receiveNs, long timeMs, long provableFromMs) {
        StreamCoverage stream = streams.get(symbol);
        Connection on = connections.findOrAdd(connection, receiveNs);
        if (stream.isCarriedBy(on)) {
            stream.onDelivered(on, timeMs);
            return;
        }
        if (stream.isLive()) {
            stream.support(on, Math.max(timeMs, provableFromMs), StreamCoverage.DECIDED);
        } else if (stream.isBroken() && timeMs <= stream.brokenAtMs()) {
            stream.join(on, timeMs, provableFromMs);
            listener.onCoverageChanged(symbol, Basis.MID);
        } else {
            stream.start(on, timeMs);
        }
    }

    /**
     * A connection does not give a symbol's books as it should: it proves nothing after the last one of the view that is
     * absent, until {@link #onBook} is called again.
     *
     * @param lastMs exchange time of that book; Long.MIN_VALUE when none came
     */
    public void onAbsent(int symbol, int connection, long lastMs) {
        Connection on = connections.find(connection);
        if (on != null && streams.get(symbol).isCarriedBy(on)) {
            drop(symbol, on, lastMs, "absent");
        }
    }

    /** Whether a connection gives the symbol's books now. */
    public boolean areLive(int symbol) {
        return streams.get(symbol).isLive();
    }

    /** Where the symbol's books broke, ms; Long.MAX_VALUE while they are given, or when they never were. */
    public long brokenMs(int symbol) {
        return streams.get(symbol).brokenAtMs();
    }

    /** The connection is gone. */
    void lose(Connection connection, String cause) {
        for (int symbol = 0; symbol < streams.bound(); symbol++) {
            if (streams.isCarriedBy(symbol, connection)) {
                drop(symbol, connection, connection.greatestExchangeMs(), cause);
            }
        }
    }

    private void drop(int symbol, Connection connection, long endMs, String cause) {
        streams.get(symbol).drop(connection, undecided.applyAsLong(endMs), cause);
        listener.onCoverageChanged(symbol, Basis.MID);
    }

    StreamTable table() {
        return streams;
    }

    void writeTo(StateWriter out) {
        streams.writeTo(out);
    }

    void readFrom(StateReader in) {
        streams.readFrom(in, connections);
    }
}
