package dev.millrace.config;

import java.time.Duration;

/**
 * {@code clock.*}: how the venue's clock is computed from the stream.
 *
 * @param maxCarry how far receive time alone carries the clock beyond the last exchange time
 * @param maxStep largest step of receive time that is believed beyond that
 * @param maxAhead a frame further ahead than this is held back until others agree
 */
public record ClockConfig(Duration maxCarry, Duration maxStep, Duration maxAhead) {

    public ClockConfig {
        Check.notNegative("clock.max-carry", maxCarry);
        Check.notNegative("clock.max-step", maxStep);
        Check.positive("clock.max-ahead", maxAhead);
    }
}
