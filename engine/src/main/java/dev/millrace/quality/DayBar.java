package dev.millrace.quality;

/**
 * A bar or a candle of a day.
 *
 * @param startMs first millisecond of its bucket
 * @param endMs end, exclusive
 * @param values NaN for what a bar without trades lacks
 * @param vwap NaN for none
 * @param knownNs when it was made or received
 */
public record DayBar(
        String timeframe, long startMs, long endMs, BarValues values, double vwap, boolean complete, long knownNs) {

    /** Whether it breaks OHLC or range rules. */
    boolean isBad() {
        if (values.tradeCount() < 0 || values.volume() < 0 || isInfinite()) {
            return true;
        }
        boolean empty = values.isEmpty() && Double.isNaN(values.open());
        return !empty
                && !(isWithin(values.open()) && isWithin(values.close()) && (Double.isNaN(vwap) || isWithin(vwap)));
    }

    private boolean isWithin(double price) {
        return values.low() > 0 && values.low() <= price && price <= values.high();
    }

    private boolean isInfinite() {
        return Double.isInfinite(values.high()) || Double.isInfinite(values.volume());
    }
}
