package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/**
 * How many trades of each minute were accepted, of one symbol: its last {@value #MINUTES} minutes with trades. Minutes
 * between them had none, however many they are, so that of a quiet coin hours are known. Market thread.
 */
final class AcceptedMinutes {

    /** A gap is read for the last time some 65 minutes after its end. */
    static final int MINUTES = 128;

    /** Ascending, {@link #held} of them. */
    private final long[] start = new long[MINUTES];

    private final int[] accepted = new int[MINUTES];
    private int held;
    /** The newest minute that was forgotten, or came too late to be counted. */
    private long floorMs = Long.MIN_VALUE;

    /** A trade of this minute was accepted. */
    void count(long minuteMs) {
        int at = held;
        while (at > 0 && start[at - 1] > minuteMs) {
            at--;
        }
        if (at > 0 && start[at - 1] == minuteMs) {
            accepted[at - 1]++;
        } else if (minuteMs > floorMs) {
            insert(at, minuteMs);
        }
    }

    private void insert(int before, long minuteMs) {
        if (held < MINUTES) {
            move(before, before + 1, held - before);
            held++;
            set(before, minuteMs);
        } else if (before == 0) {
            floorMs = minuteMs;
        } else {
            floorMs = start[0];
            move(1, 0, before - 1);
            set(before - 1, minuteMs);
        }
    }

    private void set(int at, long minuteMs) {
        start[at] = minuteMs;
        accepted[at] = 1;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(start, from, start, to, count);
        System.arraycopy(accepted, from, accepted, to, count);
    }

    /** Accepted trades of a minute; the maximum when it is no longer remembered, so that it proves nothing. */
    long of(long minuteMs) {
        if (minuteMs <= floorMs) {
            return Long.MAX_VALUE;
        }
        for (int at = held - 1; at >= 0 && start[at] >= minuteMs; at--) {
            if (start[at] == minuteMs) {
                return accepted[at];
            }
        }
        return 0;
    }

    void writeTo(StateWriter out) {
        out.writeLong(floorMs);
        out.writeInt(held);
        out.writeLongs(start, 0, held);
        for (int i = 0; i < held; i++) {
            out.writeInt(accepted[i]);
        }
    }

    void readFrom(StateReader in) {
        floorMs = in.readLong();
        held = in.readIndex(MINUTES + 1);
        in.readLongs(start, 0, held);
        for (int i = 0; i < held; i++) {
            accepted[i] = in.readInt();
        }
    }
}
