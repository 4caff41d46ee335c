package dev.millrace.config;

import java.time.Duration;

/**
 * {@code quality.*}: comparing with the exchange.
 *
 * @param checkEvery time between two readings of the exchange's 1m candles; 0 for none
 */
public record QualityConfig(Duration checkEvery) {

    public QualityConfig {
        Check.notNegative("quality.check-every", checkEvery);
    }
}
