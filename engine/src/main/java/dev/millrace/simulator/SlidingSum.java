package dev.millrace.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** Adds up weights over the last window, exactly; one thread. */
final class SlidingSum {

    private final long windowNs;
    private final long most;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long sum;

    SlidingSum(long windowNs, long most) {
        this.windowNs = windowNs;
        this.most = most;
    }

    private record Entry(long timeNs, long weight) {}

    /** Takes this weight, unless the window would hold too much. */
    boolean take(long nowNs, long weight) {
        while (!entries.isEmpty() && nowNs - entries.peek().timeNs() >= windowNs) {
            sum -= entries.remove().weight();
        }
        if (sum + weight > most) {
            return false;
        }
        entries.add(new Entry(nowNs, weight));
        sum += weight;
        return true;
    }
}
