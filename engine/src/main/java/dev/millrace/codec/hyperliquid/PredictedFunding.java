package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;

/**
 * The next funding of a coin, as one exchange's rule predicts it.
 *
 * @param venue the exchange's name there: {@code HlPerp}, {@code BinPerp} …
 * @param rate a fraction, for that exchange's interval
 * @param nextTimeMs since 1970; may have passed already
 */
public record PredictedFunding(String coin, String venue, BigDecimal rate, long nextTimeMs) {}
