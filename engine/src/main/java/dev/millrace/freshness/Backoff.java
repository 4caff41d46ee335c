package dev.millrace.freshness;

import dev.millrace.config.FreshnessConfig;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** When the same may be tried again: it doubles up to a cap, and begins anew after a long peace. Times in ms. */
final class Backoff {

    private long attempts;
    private long lastMs = Stream.NEVER;

    boolean isDue(long nowMs, FreshnessConfig config) {
        return attempts == 0 || nowMs - lastMs >= delayMs(config);
    }

    /** Whether the shortest pause is over. */
    boolean isRested(long nowMs, FreshnessConfig config) {
        return nowMs - lastMs >= config.minRetry().toMillis();
    }

    void onAttempt(long nowMs, FreshnessConfig config) {
        attempts = nowMs - lastMs > 2 * config.maxRetry().toMillis() ? 1 : attempts + 1;
        lastMs = nowMs;
    }

    /** From the last attempt to the next. */
    long delayMs(FreshnessConfig config) {
        long delay = config.minRetry().toMillis();
        long cap = config.maxRetry().toMillis();
        for (long i = 1; i < attempts && delay < cap; i++) {
            delay *= 2;
        }
        return Math.min(delay, cap);
    }

    long attempts() {
        return attempts;
    }

    long lastMs() {
        return lastMs;
    }

    void writeTo(StateWriter out) {
        out.writeLong(attempts);
        out.writeLong(lastMs);
    }

    void readFrom(StateReader in) {
        attempts = in.readLong();
        lastMs = in.readLong();
    }
}
