package dev.millrace.config;

import java.time.Duration;

/**
 * {@code instruments.*}: what the venue lists.
 *
 * @param pollInterval time between two readings of its lists
 */
public record InstrumentsConfig(Duration pollInterval) {

    public InstrumentsConfig {
        Check.positive("instruments.poll-interval", pollInterval);
    }
}
