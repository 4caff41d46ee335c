package dev.millrace.freshness;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** The connections of now: few, in the order in which they came. Market thread. */
final class Lines {

    private final List<Line> all = new ArrayList<>();

    int size() {
        return all.size();
    }

    Line get(int index) {
        return all.get(index);
    }

    Line findOrAdd(int connection, long nowMs) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).connection == connection) {
                return all.get(i);
            }
        }
        Line line = new Line(connection, nowMs);
        all.add(line);
        return line;
    }

    /** A frame came; of a connection that is not known yet, it does not matter. */
    void onFrame(int connection, long nowMs) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).connection == connection) {
                all.get(i).frameMs = nowMs;
            }
        }
    }

    void remove(int connection) {
        all.removeIf(line -> line.connection == connection);
    }

    void clear() {
        all.clear();
    }

    void writeTo(StateWriter out) {
        out.writeInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).writeTo(out);
        }
    }

    void readFrom(StateReader in) {
        for (int left = in.count(Line.STATE_BYTES); left > 0; left--) {
            all.add(Line.readFrom(in));
        }
    }
}
