package dev.millrace.discovery;

import dev.millrace.market.CandleInterval;

/**
 * One request that is to be made.
 *
 * @param stretch of time that it asks for
 * @param expected elements that a whole answer has, at most
 */
public record Page(Series series, Stretch stretch, long expected) {

    /** Elements of a reply at most. */
    private static final long MOST_CANDLES = 5_000;

    static final long MOST_PAYMENTS = 500;
    private static final long HOUR_MS = 3_600_000;

    /** The first page of what is missing. */
    static Page first(Series series, Stretch missing) {
        if (series.interval().isEmpty()) {
            long hours = (missing.toMs() - missing.fromMs()) / HOUR_MS + 1;
            return new Page(series, missing, Math.min(MOST_PAYMENTS, hours));
        }
        CandleInterval interval = series.interval().get();
        long end = Math.min(missing.toMs(), interval.startOf(missing.fromMs(), MOST_CANDLES));
        return new Page(series, new Stretch(missing.fromMs(), end), interval.startsIn(missing.fromMs(), end));
    }
}
