package dev.millrace.feed;

import java.time.Duration;

/**
 * A limit of so many events in any stretch of a length: keeps the times of the last ones, so it is exact, however they
 * fall. Times are monotonic nanoseconds that never go back.
 */
final class SlidingLog {

    private final long[] takenNs;
    private final long windowNs;
    private int oldest;
    private int count;

    SlidingLog(int limit, Duration window) {
        takenNs = new long[limit];
        windowNs = window.toNanos();
    }

    /**
     * Takes one event now.
     *
     * @param reserve how many must be left for others after it
     * @return false when the limit does not allow it yet
     */
    boolean tryTake(long nowNs, int reserve) {
        if (used(nowNs) + reserve >= takenNs.length) {
            return false;
        }
        takenNs[(oldest + count++) % takenNs.length] = nowNs;
        return true;
    }

    /** Events of the stretch that ends now. */
    int used(long nowNs) {
        while (count > 0 && nowNs - takenNs[oldest] > windowNs) {
            oldest = (oldest + 1) % takenNs.length;
            count--;
        }
        return count;
    }
}
