package dev.millrace.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: the n-th delay in a row is uniform in [0, min(max, min · 2ⁿ⁻¹)], so clients
 * that lost the venue together do not come back together.
 */
final class Backoff {

    private final long minNs;
    private final long maxNs;
    private final RandomGenerator random;
    private long ceilingNs;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.minNs = Math.max(1, min.toNanos());
        this.maxNs = Math.max(minNs, max.toNanos());
        this.random = random;
        reset();
    }

    long nextDelayNs() {
        long delay = random.nextLong(ceilingNs + 1);
        ceilingNs = Math.min(maxNs, ceilingNs > maxNs / 2 ? maxNs : ceilingNs * 2);
        return delay;
    }

    /** Begins anew at the smallest delay. */
    void reset() {
        ceilingNs = minNs;
    }
}
