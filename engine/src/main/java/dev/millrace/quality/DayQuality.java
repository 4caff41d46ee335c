package dev.millrace.quality;

import dev.millrace.market.Timeframe;

/**
 * The quality of a (symbol, timeframe, day).
 *
 * @param measures what was counted
 * @param candles how many of the exchange's there are of this timeframe
 * @param check our 1m bars against the exchange's candles, the same for every timeframe of the day
 */
public record DayQuality(Measures measures, long candles, CrossCheck check, Score score, State state) {

    /** Computes it from what the tables hold of the day. */
    public static DayQuality of(DayRows rows, Timeframe timeframe) {
        Coverage coverage = Coverage.of(rows);
        CrossCheck check = CrossCheck.of(rows, coverage);
        Missing missing = coverage.missing(timeframe);
        Alignment alignment = Alignment.of(rows, timeframe);
        Measures measures = new Measures(
                (rows.expected().toMs() - rows.expected().fromMs()) / 1e3,
                missing.gapSeconds(),
                missing.candleSeconds(),
                rows.own(timeframe.label()).count(),
                rows.own(timeframe.label()).filter(DayBar::isBad).count(),
                alignment.buckets(),
                alignment.aligned(),
                check.compared(),
                check.agreed(),
                missing.longest(),
                missing.longestUnrepaired());
        Score score = Score.of(measures);
        boolean settled = rows.over() && check.outstanding() == 0;
        State state = State.of(score, measures.longestGapSeconds(), settled);
        return new DayQuality(measures, rows.candles(timeframe.label()).count(), check, score, state);
    }
}
