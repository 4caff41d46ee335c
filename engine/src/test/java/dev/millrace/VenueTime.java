package dev.millrace;

import dev.millrace.pipeline.LocalClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that a local exchange and a daemon share: this machine's, which a test can let leap. Any thread. */
final class VenueTime {

    private final long startMs;
    private final long originNs = System.nanoTime();
    private final AtomicLong skippedNs = new AtomicLong();

    /** @param startMs what the exchange's time is now */
    VenueTime(long startMs) {
        this.startMs = startMs;
    }

    /** Monotonic, for the exchange. */
    long nanos() {
        return System.nanoTime() + skippedNs.get();
    }

    long nowMs() {
        return startMs + (nanos() - originNs) / 1_000_000;
    }

    void skip(Duration time) {
        skippedNs.addAndGet(time.toNanos());
    }

    /** Lets time leap to then, if it is not later already. */
    void skipTo(long ms) {
        skip(Duration.ofMillis(Math.max(0, ms - nowMs())));
    }

    /** For the daemon. */
    LocalClock clock() {
        return new LocalClock(() -> Instant.ofEpochMilli(nowMs()), this::nanos);
    }
}
