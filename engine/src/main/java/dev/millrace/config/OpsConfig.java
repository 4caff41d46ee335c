package dev.millrace.config;

import java.time.Duration;

/**
 * {@code ops.*}.
 *
 * @param port loopback port of {@code /health} and {@code /metrics}; 0 takes a free one and prints it
 * @param healthInterval time between two health lines
 * @param shutdownDeadline {@code shutdown.deadline}: how long a clean stop may take
 */
public record OpsConfig(int port, Duration healthInterval, Duration shutdownDeadline) {

    public OpsConfig {
        Check.range("ops.port", port, 0, 65_535);
        Check.positive("ops.health-interval", healthInterval);
        Check.positive("shutdown.deadline", shutdownDeadline);
    }
}
