package dev.millrace.market;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a perpetual's longs paid its shorts.
 *
 * @param timeMs since 1970, a moment after the hour
 * @param rate for the hour, a fraction; negative when the shorts paid
 * @param premium of the mark over the oracle, a fraction; not in every row
 */
public record FundingPayment(long timeMs, BigDecimal rate, Optional<BigDecimal> premium) {}
