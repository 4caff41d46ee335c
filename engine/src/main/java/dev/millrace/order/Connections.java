package dev.millrace.order;

import dev.millrace.market.StateException;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** The connections of now, in the order in which the journal first showed them. Market thread. */
final class Connections {

    private static final int NONE = -1;

    private final List<Connection> all = new ArrayList<>();

    int size() {
        return all.size();
    }

    Connection get(int index) {
        return all.get(index);
    }

    /** Null when there is none of this number. */
    Connection find(int number) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).number() == number) {
                return all.get(i);
            }
        }
        return null;
    }

    Connection findOrAdd(int number, long receiveNs) {
        Connection known = find(number);
        if (known != null) {
            return known;
        }
        Connection connection = new Connection(number, receiveNs);
        all.add(connection);
        return connection;
    }

    void remove(Connection connection) {
        all.remove(connection);
    }

    Connection removeLast() {
        return all.remove(all.size() - 1);
    }

    void writeTo(StateWriter out) {
        out.writeInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).writeTo(out);
        }
    }

    void readFrom(StateReader in) {
        for (int left = in.count(Connection.STATE_BYTES); left > 0; left--) {
            all.add(Connection.readFrom(in));
        }
    }

    /** Writes which connection this is, or that it is none. */
    static void writeReference(Connection connection, StateWriter out) {
        out.writeInt(connection == null ? NONE : connection.number());
    }

    Connection readReference(StateReader in) {
        int number = in.readInt();
        Connection known = number == NONE ? null : find(number);
        if (known == null && number != NONE) {
            throw new StateException("a stream belongs to connection " + number + ", which is not open");
        }
        return known;
    }
}
