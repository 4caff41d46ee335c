package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** On which connections a stream was acknowledged whose next frame is the snapshot. */
final class AwaitedSnapshots {

    /** The next frame is the snapshot. */
    static final long NONE_HELD = 0;

    private static final class Awaited {
        final Connection connection;
        /** The record whose frame came as the snapshot and is held back. */
        long held;

        Awaited(Connection connection, long held) {
            this.connection = connection;
            this.held = held;
        }
    }

    private final List<Awaited> all = new ArrayList<>(2);

    boolean isEmpty() {
        return all.isEmpty();
    }

    void writeTo(StateWriter out) {
        out.writeInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            Connections.writeReference(all.get(i).connection, out);
            out.writeLong(all.get(i).held);
        }
    }

    void readFrom(StateReader in, Connections connections) {
        for (int left = in.count(Integer.BYTES + Long.BYTES); left > 0; left--) {
            all.add(new Awaited(connections.readReference(in), in.readLong()));
        }
    }

    void acknowledge(Connection connection) {
        forget(connection);
        all.add(new Awaited(connection, NONE_HELD));
    }

    void forget(Connection connection) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).connection == connection) {
                all.remove(i);
            }
        }
    }

    /** Whether it was acknowledged on this connection, and its snapshot has not been applied. */
    boolean areOn(Connection connection) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).connection == connection) {
                return true;
            }
        }
        return false;
    }

    /** The record whose frame came as the snapshot on this connection and is held back; {@link #NONE_HELD} when none is. */
    long heldOn(Connection connection) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).connection == connection) {
                return all.get(i).held;
            }
        }
        return NONE_HELD;
    }

    /** Whether the frame of this record, on this connection, is the snapshot: it came first after the acknowledgement. */
    boolean awaits(Connection connection, long sequence) {
        for (int i = 0; i < all.size(); i++) {
            Awaited one = all.get(i);
            if (one.connection == connection) {
                return one.held == NONE_HELD || one.held == sequence;
            }
        }
        return false;
    }

    /** The snapshot came and is held back: what comes after it is none, even if it is applied before. */
    void hold(Connection connection, long sequence) {
        for (Awaited one : all) {
            one.held = one.connection == connection ? sequence : one.held;
        }
    }

    /** The snapshot that was held is not to be believed: the next frame takes its place. */
    void refuse(long sequence) {
        for (Awaited one : all) {
            one.held = one.held == sequence ? NONE_HELD : one.held;
        }
    }
}
