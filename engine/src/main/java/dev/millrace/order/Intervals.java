package dev.millrace.order;

/** Disjoint, ascending stretches of time {@code [from, to)}; the oldest is forgotten beyond a fixed number. */
final class Intervals {

    /** More breaks than this within the longest bar cost completeness, never correctness. */
    private static final int CAPACITY = 256;

    private final long[] from = new long[CAPACITY];
    private final long[] to = new long[CAPACITY];
    private int count;

    /** Appends a stretch that starts no earlier than the last one ends; an empty one is ignored. */
    void append(long start, long end) {
        if (end <= start) {
            return;
        }
        if (count > 0 && to[count - 1] >= start) {
            to[count - 1] = Math.max(to[count - 1], end);
            return;
        }
        if (count == CAPACITY) {
            System.arraycopy(from, 1, from, 0, CAPACITY - 1);
            System.arraycopy(to, 1, to, 0, CAPACITY - 1);
            count--;
        }
        from[count] = start;
        to[count] = end;
        count++;
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
