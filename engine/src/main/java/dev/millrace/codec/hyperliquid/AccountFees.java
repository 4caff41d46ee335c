package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an account pays of a trade's value now, of a {@code userFees} reply: fractions between −1 and 1, below zero for a rebate,
 * empty where that could not be read. Discounts that the venue applies on top of them are not in it.
 */
public record AccountFees(
        Optional<BigDecimal> perpTaker,
        Optional<BigDecimal> perpMaker,
        Optional<BigDecimal> spotTaker,
        Optional<BigDecimal> spotMaker) {}
