package dev.millrace.config;

import java.time.Duration;

/**
 * {@code quality.*}: what the exchange is asked of our own bars.
 *
 * @param repair whether it is asked for candles of gaps
 * @param checkEvery time between two readings of the exchange's 1m candles; 0 for none
 */
public record QualityConfig(boolean repair, Duration checkEvery) {

    public QualityConfig {
        Check.notNegative("quality.check-every", checkEvery);
    }
}
