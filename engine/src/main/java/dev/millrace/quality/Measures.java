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
 * @param longestGapSeconds without a break, filled by candles or not
 * @param longestUnrepairedSeconds without a break, filled by nothing
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
        double longestGapSeconds,
        double longestUnrepairedSeconds) {

    /** Of nothing. */
    public static final Measures NONE = new Measures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of both, which do not overlap; a gap over the border between them counts as two. */
    public Measures and(Measures other) {
        return new Measures(
                expectedSeconds + other.expectedSeconds,
                gapSeconds + other.gapSeconds,
                candleSeconds + other.candleSeconds,
                rows + other.rows,
                badRows + other.badRows,
                buckets + other.buckets,
                alignedBuckets + other.alignedBuckets,
                compared + other.compared,
                agreed + other.agreed,
                Math.max(longestGapSeconds, other.longestGapSeconds),
                Math.max(longestUnrepairedSeconds, other.longestUnrepairedSeconds));
    }
}
