package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The state of a perpetual; what a delisted one or an empty book lacks is empty.
 *
 * @param perp whose it is
 * @param funding the running hourly rate, a fraction
 * @param openInterest in the coin
 * @param dayNotionalVolume of the last 24 h, in USD
 * @param premium of the mark over the oracle, a fraction
 */
public record PerpContext(
        ListedPerp perp,
        BigDecimal funding,
        BigDecimal openInterest,
        BigDecimal prevDayPrice,
        BigDecimal dayNotionalVolume,
        Optional<BigDecimal> premium,
        BigDecimal oraclePrice,
        BigDecimal markPrice,
        Optional<BigDecimal> midPrice) {}
