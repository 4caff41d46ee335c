package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/** The coverage of one kind of stream, by symbol id. Market thread. */
final class StreamTable {

    private static final int END = -1;

    private StreamCoverage[] streams = new StreamCoverage[64];

    /** Ids are below it. */
    int bound() {
        return streams.length;
    }

    /** Null for a symbol never asked for. */
    StreamCoverage find(int symbol) {
        return streams[symbol];
    }

    /** Whether the connection carries the symbol's stream. */
    boolean isCarriedBy(int symbol, Connection connection) {
        return streams[symbol] != null && streams[symbol].isCarriedBy(connection);
    }

    StreamCoverage get(int symbol) {
        if (symbol >= streams.length) {
            streams = Arrays.copyOf(streams, Math.max(symbol + 1, streams.length * 2));
        }
        if (streams[symbol] == null) {
            streams[symbol] = new StreamCoverage();
        }
        return streams[symbol];
    }

    /** Those that were more than asked for, by ascending id. */
    void writeTo(StateWriter out) {
        for (int symbol = 0; symbol < streams.length; symbol++) {
            if (streams[symbol] != null && !streams[symbol].isPristine()) {
                out.writeInt(symbol);
                streams[symbol].writeTo(out);
            }
        }
        out.writeInt(END);
    }

    void readFrom(StateReader in, Connections connections) {
        for (int symbol = in.readInt(); symbol != END; symbol = in.readInt()) {
            get(in.checkId(symbol)).readFrom(in, connections);
        }
    }
}
