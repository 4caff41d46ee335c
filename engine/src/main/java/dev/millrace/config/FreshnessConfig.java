package dev.millrace.config;

import java.time.Duration;

/**
 * {@code freshness.*} and {@code feed.probe-interval}: when a subscription counts as mute, and how often something is done
 * about it.
 *
 * @param grace how much longer than twice its cadence a clocked stream may be silent, and how long the others may fail to
 *     show what another stream proves
 * @param minCadence a shorter cadence counts as this
 * @param maxCadence a longer cadence counts as this, and one not known yet
 * @param maxLag how much older than usual what a connection brings may be
 * @param minRetry from one remedy of the same stream to the next; it doubles
 * @param maxRetry its cap
 * @param probeInterval how often a silent stream is asked for anew that no other can prove alive
 */
public record FreshnessConfig(
        Duration grace,
        Duration minCadence,
        Duration maxCadence,
        Duration maxLag,
        Duration minRetry,
        Duration maxRetry,
        Duration probeInterval) {

    /** For journals whose session headers were written before there were such settings. */
    public static final FreshnessConfig DEFAULT = new FreshnessConfig(
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5));

    public FreshnessConfig {
        Check.positive("freshness.grace", grace);
        Check.positive("freshness.min-cadence", minCadence);
        Check.that(
                maxCadence.compareTo(minCadence) >= 0,
                "freshness.max-cadence",
                maxCadence,
                "must be at least freshness.min-cadence, " + Durations.text(minCadence));
        Check.positive("freshness.max-lag", maxLag);
        Check.positive("freshness.min-retry", minRetry);
        Check.that(
                maxRetry.compareTo(minRetry) >= 0,
                "freshness.max-retry",
                maxRetry,
                "must be at least freshness.min-retry, " + Durations.text(minRetry));
        Check.positive("feed.probe-interval", probeInterval);
    }
}
