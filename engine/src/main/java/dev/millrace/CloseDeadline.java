package dev.millrace;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a stop must be over: it begins once, and the parts that close share what is left. Any thread. */
final class CloseDeadline {

    /** What is left for draining when the deadline was spent before it: enough where nothing is stuck. */
    private static final long LEAST_NS = 100_000_000L;

    private final Duration within;
    private final LongSupplier nanoTime;
    private volatile boolean begun;
    private volatile long untilNs;

    /**
     * @param within from the beginning on
     * @param nanoTime monotonic
     */
    CloseDeadline(Duration within, LongSupplier nanoTime) {
        this.within = within;
        this.nanoTime = nanoTime;
    }

    /** The stop begins, or begins anew where one before did not come to its end. */
    void begin() {
        untilNs = nanoTime.getAsLong() + within.toNanos();
        begun = true; // last: whoever sees it sees the time, too
    }

    /** Whether a stop has begun and its time is over. */
    boolean isOver() {
        return begun && nanoTime.getAsLong() - untilNs >= 0;
    }

    /** What is left, at least enough for a part that is not stuck. */
    Duration left() {
        return Duration.ofNanos(Math.max(untilNs - nanoTime.getAsLong(), LEAST_NS));
    }
}
