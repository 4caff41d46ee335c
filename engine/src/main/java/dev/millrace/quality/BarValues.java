package dev.millrace.quality;

/**
 * What our own bar and the exchange's candle both tell.
 *
 * @param volume in the coin; the double nearest the exact sum
 */
public record BarValues(double open, double high, double low, double close, double volume, long tradeCount) {

    boolean isEmpty() {
        return tradeCount == 0;
    }
}
