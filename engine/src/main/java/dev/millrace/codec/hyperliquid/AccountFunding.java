package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;

/**
 * Funding that an account received or paid, of a {@code userFunding} reply.
 *
 * @param timeMs since 1970
 * @param rate for the hour, a fraction
 * @param size of the position, in the coin, below zero when short
 * @param usdc received; below zero when paid
 */
public record AccountFunding(long timeMs, String coin, BigDecimal rate, BigDecimal size, BigDecimal usdc) {}
