package dev.millrace.config;

import dev.millrace.market.Basis;
import dev.millrace.market.Timeframe;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

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

    public BarsConfig {
        Check.that(!timeframes.isEmpty(), "bars.timeframes", timeframes, "must name at least one, for example 1m");
        for (int i = 1; i < timeframes.size(); i++) {
            boolean ascends = timeframes.get(i - 1).compareTo(timeframes.get(i)) < 0;
            Check.that(ascends, "bars.timeframes", timeframes, "must ascend without repeats");
        }
        timeframes = List.copyOf(timeframes);
        Check.that(!bases.isEmpty(), "bars.basis", bases, "must be trade, mid or both");
        bases = Check.distinct("bars.basis", bases);
        Check.notNegative("bars.close-delay", closeDelay);
        Check.notNegative("bars.revision-window", revisionWindow);
    }

    /** The same with further timeframes; of two equal lengths the one that is there already stays. */
    public BarsConfig besides(List<Timeframe> others) {
        TreeSet<Timeframe> all = new TreeSet<>(timeframes);
        all.addAll(others);
        return new BarsConfig(List.copyOf(all), bases, closeDelay, revisionWindow, emptyBars);
    }

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
