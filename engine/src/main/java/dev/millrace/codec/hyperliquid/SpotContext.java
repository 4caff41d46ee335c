package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The state of a spot pair.
 *
 * @param coin wire name; there are contexts of pairs that are not listed
 * @param dayNotionalVolume of the last 24 h, in the quote token
 * @param midPrice empty where the book is
 */
public record SpotContext(
        String coin,
        BigDecimal prevDayPrice,
        BigDecimal dayNotionalVolume,
        BigDecimal markPrice,
        Optional<BigDecimal> midPrice,
        BigDecimal circulatingSupply) {}
