package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What one connection lacks of a stream and others may have brought. Silence proves nothing: another connection settles a
 * doubt once it has brought something of the stream from behind it, having carried the stream from before it. What nobody
 * is left to settle is missing.
 */
final class Doubts {

    /** Told of {@code [fromMs, toMs)}, which nobody can prove any more. */
    @FunctionalInterface
    interface Missing {
        void onMissing(long fromMs, long toMs);
    }

    /** What follows closer is one doubt, up to this length: a connection of which nothing can be read raises many. */
    private static final long LONGEST_MS = 15_000;

    private static final int BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private static final class Doubt {
        long fromMs;
        long toMs;
        /** Null once it is gone, or has begun anew. */
        Connection lacking;

        final List<Connection> witnesses = new ArrayList<>(2);

        Doubt(Connection lacking, long fromMs, long toMs) {
            this.lacking = lacking;
            this.fromMs = fromMs;
            this.toMs = toMs;
        }

        boolean touches(long otherFromMs, long otherToMs) {
            return fromMs < otherToMs && otherFromMs < toMs;
        }
    }

    private final List<Doubt> all = new ArrayList<>(0);

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether something within {@code [fromMs, toMs)} is in doubt. */
    boolean touch(long fromMs, long toMs) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).touches(fromMs, toMs)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A connection lacks something in {@code [fromMs, toMs)}, and proves nothing there for the others.
     *
     * @return whether another may have brought it; if not, it is missing
     */
    boolean raise(Connection lacking, long fromMs, long toMs, List<Carrier> carriers) {
        for (Doubt doubt : all) {
            if (doubt.touches(fromMs, toMs)) {
                doubt.witnesses.remove(lacking);
            }
        }
        Doubt fresh = new Doubt(lacking, fromMs, toMs);
        for (Carrier carrier : carriers) {
            if (isWitness(carrier, fresh)) {
                fresh.witnesses.add(carrier.connection());
            }
        }
        if (!fresh.witnesses.isEmpty() && !isPartOfLast(fresh)) {
            all.add(fresh);
        }
        return !fresh.witnesses.isEmpty();
    }

    private boolean isWitness(Carrier carrier, Doubt doubt) {
        return carrier.connection() != doubt.lacking
                && carrier.sinceMs() <= doubt.fromMs
                && !lacks(carrier.connection(), doubt.fromMs, doubt.toMs);
    }

    private boolean lacks(Connection connection, long fromMs, long toMs) {
        for (Doubt doubt : all) {
            if (doubt.lacking == connection && doubt.touches(fromMs, toMs)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPartOfLast(Doubt fresh) {
        Doubt last = all.isEmpty() ? null : all.get(all.size() - 1);
        if (last == null
                || last.lacking != fresh.lacking
                || !last.touches(fresh.fromMs, fresh.toMs)
                || fresh.toMs - last.fromMs > LONGEST_MS
                || !last.witnesses.equals(fresh.witnesses)) {
            return false;
        }
        last.fromMs = Math.min(last.fromMs, fresh.fromMs);
        last.toMs = Math.max(last.toMs, fresh.toMs);
        return true;
    }

    /** Another connection carries the stream: what it began before, it may settle. */
    void onCarrier(Carrier carrier) {
        for (Doubt doubt : all) {
            if (isWitness(carrier, doubt) && !doubt.witnesses.contains(carrier.connection())) {
                doubt.witnesses.add(carrier.connection());
            }
        }
    }

    /** A connection no longer carries the stream: it settles nothing more, unless it begins anew. */
    void withdraw(Connection connection) {
        for (Doubt doubt : all) {
            doubt.witnesses.remove(connection);
            doubt.lacking = doubt.lacking == connection ? null : doubt.lacking;
        }
    }

    /** Settles what was brought since; whether it did. */
    boolean settle(List<Carrier> carriers) {
        return !all.isEmpty() && all.removeIf(doubt -> isSettled(doubt, carriers));
    }

    private static boolean isSettled(Doubt doubt, List<Carrier> carriers) {
        for (Carrier carrier : carriers) {
            if (carrier.deliveredMs() >= doubt.toMs && doubt.witnesses.contains(carrier.connection())) {
                return true;
            }
        }
        return false;
    }

    /** Gives up what nobody can settle, what began before the one time, and what reaches beyond the other. */
    void giveUp(long beforeMs, long beyondMs, Missing missing) {
        for (int i = 0; i < all.size(); ) {
            Doubt doubt = all.get(i);
            if (doubt.witnesses.isEmpty() || doubt.fromMs < beforeMs || doubt.toMs > beyondMs) {
                all.remove(i);
                missing.onMissing(doubt.fromMs, doubt.toMs);
            } else {
                i++;
            }
        }
    }

    void writeTo(StateWriter out) {
        out.writeInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            Doubt doubt = all.get(i);
            out.writeLong(doubt.fromMs);
            out.writeLong(doubt.toMs);
            Connections.writeReference(doubt.lacking, out);
            out.writeInt(doubt.witnesses.size());
            for (int j = 0; j < doubt.witnesses.size(); j++) {
                Connections.writeReference(doubt.witnesses.get(j), out);
            }
        }
    }

    void readFrom(StateReader in, Connections connections) {
        for (int left = in.count(BYTES); left > 0; left--) {
            long fromMs = in.readLong();
            long toMs = in.readLong();
            Doubt doubt = new Doubt(connections.readReference(in), fromMs, toMs);
            for (int more = in.count(Integer.BYTES); more > 0; more--) {
                doubt.witnesses.add(connections.readReference(in));
            }
            all.add(doubt);
        }
    }
}
