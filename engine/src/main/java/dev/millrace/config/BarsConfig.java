package dev.millrace.config;

import dev.millrace.market.Basis;
import dev.millrace.market.Timeframe;
import java.time.Duration;
import java.util.List;

/**
 * {@code bars.*}.
 *
 * @param timeframes ascending, without repeats
 * @param bases TRADE, and MID for bars from book mids
 * @param closeDelay how long after its end, in venue time, a bar waits for stragglers
 * @param revisionWindow a trade no older than this against the venue's clock still enters its bars
 * @param emptyBars what to do with buckets without trades
 */
public record BarsConfig(
        List<Timeframe> timeframes,
        List<Basis> bases,
        Duration closeDelay,
        Duration revisionWindow,
        EmptyBars emptyBars) {

    /** What an empty bucket gives. */
    public enum EmptyBars {
        /** No bar. */
        NONE,
        /** A bar at the close before it, without volume. */
        CARRY,
        /** A bar without prices. */
        NULL
    }
}
