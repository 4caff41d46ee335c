package dev.millrace.quality;

/**
 * What is counted of one symbol and timeframe, over a day or several.
 *
 * @param expectedSeconds of the time that has passed and in which the symbol was listed
 * @param gapSeconds not proven whole and not filled
 * @param candleSeconds not proven whole, but the exchange's candle of this timeframe is there
 * @param rows own bars
 * @param badRows of them, those that break OHLC or range rules
 * @param buckets of this timeframe that were compared with the roll-up of the next finer
 * @param alignedBuckets of them, those that are equal
 * @param compared own 1m bars that were compared with the exchange's
 * @param agreed of them, those that agree
 * @param gaps without a break, filled by candles or not
 * @param unrepairedGaps without a break, filled by nothing
 */
public record Measures(
        double expectedSeconds,
        double gapSeconds,
        double candleSeconds,
        long rows,
        long badRows,
        long buckets,
        long alignedBuckets,
        long compared,
        long agreed,
        GapRun gaps,
        GapRun unrepairedGaps) {

    /** Of nothing. */
    public static final Measures NONE = new Measures(0, 0, 0, 0, 0, 0, 0, 0, 0, GapRun.NONE, GapRun.NONE);

    /** Of both; a gap over the border between them is one, as long as both of its parts. */
    public Measures then(Measures next) {
        return new Measures(
                expectedSeconds + next.expectedSeconds,
                gapSeconds + next.gapSeconds,
                candleSeconds + next.candleSeconds,
                rows + next.rows,
                badRows + next.badRows,
                buckets + next.buckets,
                alignedBuckets + next.alignedBuckets,
                compared + next.compared,
                agreed + next.agreed,
                gaps.then(next.gaps),
                unrepairedGaps.then(next.unrepairedGaps));
    }

    /** Of the part that lies in this time. */
    public double longestGapSeconds() {
        return gaps.longest();
    }

    /** Of the part that lies in this time. */
    public double longestUnrepairedSeconds() {
        return unrepairedGaps.longest();
    }
}
