package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** Disjoint, ascending stretches of time {@code [from, to)}; the oldest is forgotten beyond a fixed number. */
final class Intervals {

    /** More breaks than this within the longest bar cost completeness, never correctness. */
    private static final int CAPACITY = 256;

    private final long[] from = new long[CAPACITY];
    private final long[] to = new long[CAPACITY];
    private int count;

    /**
     * Appends a stretch that starts no earlier than the last one ends; an empty one is ignored. Two that touch stay two:
     * something is missing between them that is too old to have a time of its own.
     */
    void append(long start, long end) {
        if (end > start) {
            insert(count, start, end);
        }
    }

    /** Takes a stretch out; an empty one parts what it lies in. */
    void remove(long start, long end) {
        for (int i = count - 1; i >= 0 && to[i] > start; i--) {
            if (from[i] < end || from[i] < start) {
                long oldFrom = from[i];
                long oldTo = to[i];
                delete(i);
                if (end < oldTo) {
                    insert(i, Math.max(oldFrom, end), oldTo);
                }
                if (oldFrom < start) {
                    insert(Math.min(i, count), oldFrom, start);
                }
            }
        }
    }

    void writeTo(StateWriter out) {
        out.writeInt(count);
        out.writeLongs(from, 0, count);
        out.writeLongs(to, 0, count);
    }

    void readFrom(StateReader in) {
        count = in.readIndex(CAPACITY + 1);
        in.readLongs(from, 0, count);
        in.readLongs(to, 0, count);
    }

    private void insert(int index, long start, long end) {
        int at = index;
        if (count == CAPACITY) {
            if (at == 0) {
                return;
            }
            delete(0);
            at--;
        }
        System.arraycopy(from, at, from, at + 1, count - at);
        System.arraycopy(to, at, to, at + 1, count - at);
        from[at] = start;
        to[at] = end;
        count++;
    }

    private void delete(int index) {
        count--;
        System.arraycopy(from, index + 1, from, index, count - index);
        System.arraycopy(to, index + 1, to, index, count - index);
    }

    /** Removes the last stretch and gives its start; the caller has checked that there is one. */
    long removeLast() {
        return from[--count];
    }

    /** Cuts away everything at and after this time. */
    void cut(long end) {
        while (count > 0 && from[count - 1] >= end) {
            count--;
        }
        if (count > 0) {
            to[count - 1] = Math.min(to[count - 1], end);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** End of the last stretch. */
    long end() {
        return to[count - 1];
    }

    boolean contains(long start, long end) {
        for (int i = count - 1; i >= 0; i--) {
            if (from[i] <= start) {
                return end <= to[i];
            }
        }
        return false;
    }
}
