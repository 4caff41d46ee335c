package dev.millrace.discovery;

/**
 * A daily candle of the venue.
 *
 * @param day UTC days since 1970
 * @param volume in the coin
 */
public record DayCandle(long day, double open, double high, double low, double close, double volume) {

    /** Whether it keeps the rules of a candle: low ≤ open, close ≤ high, all above 0, volume ≥ 0 and finite. */
    boolean isSound() {
        return low > 0
                && low <= Math.min(open, close)
                && Math.max(open, close) <= high
                && volume >= 0
                && Double.isFinite(high)
                && Double.isFinite(volume);
    }

    /** What was traded, at the typical price: v·(h+l+c)/3. */
    double quoteVolume() {
        return volume * (high + low + close) / 3;
    }
}
