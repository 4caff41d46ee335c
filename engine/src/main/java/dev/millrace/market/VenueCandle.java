package dev.millrace.market;

import java.math.BigDecimal;

/**
 * A candle of the venue's history, in its own numbers.
 *
 * @param startMs first millisecond of its bucket, since 1970
 * @param endMs first millisecond after it
 * @param volume in the coin
 */
public record VenueCandle(
        long startMs,
        long endMs,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        long tradeCount) {}
