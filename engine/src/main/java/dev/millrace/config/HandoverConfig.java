package dev.millrace.config;

import java.time.Duration;

/**
 * {@code handover.*}: how a new daemon takes over from a running one.
 *
 * @param maxBytes what is held in memory until the old one has let go
 * @param timeout from the start to the release; then the new one gives up and the old one goes on
 */
public record HandoverConfig(long maxBytes, Duration timeout) {

    private static final long MIN_BYTES = 1L << 20;

    public HandoverConfig {
        Check.that(maxBytes >= MIN_BYTES, "handover.max-bytes", maxBytes, "must be 1 MiB or more");
        Check.positive("handover.timeout", timeout);
    }
}
