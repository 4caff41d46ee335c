package dev.millrace.config;

import java.time.Duration;

/**
 * {@code order.*}: duplicates and coverage.
 *
 * @param windowTrades trades of a symbol kept to recognise duplicates, at least
 * @param windowMaxTrades hard cap of the same
 * @param freshFor how long after its last frame a connection still counts as delivering, local time
 */
public record OrderConfig(int windowTrades, int windowMaxTrades, Duration freshFor) {

    public OrderConfig {
        Check.range("order.window-trades", windowTrades, 1, 1 << 24);
        Check.range("order.window-max-trades", windowMaxTrades, 1, 1 << 24);
        Check.that(
                windowMaxTrades >= windowTrades,
                "order.window-max-trades",
                windowMaxTrades,
                "must be at least order.window-trades, " + windowTrades);
        Check.positive("order.fresh-for", freshFor);
    }
}
