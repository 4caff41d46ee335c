package dev.millrace.config;

import java.time.Duration;

/**
 * {@code order.*}: duplicates and coverage.
 *
 * @param windowTrades trades of a symbol kept to recognise duplicates, at least
 * @param windowMaxTrades hard cap of the same
 * @param freshFor how long after its last frame a connection still counts as delivering, local time
 */
public record OrderConfig(int windowTrades, int windowMaxTrades, Duration freshFor) {}
