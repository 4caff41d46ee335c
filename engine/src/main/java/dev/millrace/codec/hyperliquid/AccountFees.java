package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;

/**
 * What an account pays of a trade's value now, of a {@code userFees} reply: fractions between −1 and 1, below zero for a rebate.
 * Discounts that the venue applies on top of them are not in it.
 */
public record AccountFees(BigDecimal perpTaker, BigDecimal perpMaker, BigDecimal spotTaker, BigDecimal spotMaker) {}
