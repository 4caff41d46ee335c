package dev.millrace.config;

import dev.millrace.market.CandleInterval;
import java.time.Duration;
import java.util.List;

/**
 * {@code collect.*}: history that the daemon collects over REST.
 *
 * @param every time between two collections; 0 for none
 * @param timeframes of the candles
 * @param bars how many of each, the newest
 * @param funding whether what perpetuals paid is collected too
 */
public record CollectConfig(Duration every, List<CandleInterval> timeframes, int bars, boolean funding) {

    /** The venue keeps no more of an interval. */
    public static final int MOST_BARS = 5_000;

    public CollectConfig {
        Check.notNegative("collect.every", every);
        timeframes = Check.distinct("collect.timeframes", timeframes);
        Check.that(!timeframes.isEmpty(), "collect.timeframes", timeframes, "must name one or more, such as 1h");
        Check.range("collect.bars", bars, 1, MOST_BARS);
    }

    /** The same of other candles. */
    public CollectConfig of(List<CandleInterval> newTimeframes, int newBars) {
        return new CollectConfig(every, newTimeframes, newBars, funding);
    }
}
