package dev.millrace.config;

/**
 * {@code universe.volume} and its like: where a score begins, which is its gate, and where it is full.
 *
 * @param volume median quote volume of a day, USD
 * @param openInterest USD
 * @param spread median spread, bp of the mid; full at the lower limit, nothing at the upper
 * @param depth median depth of the thinner side near the mid, USD
 * @param volatility standard deviation of daily ln returns; nothing at either limit, full between four times the lower
 *     and a quarter of the upper
 */
public record ScoreConfig(Limits volume, Limits openInterest, Limits spread, Limits depth, Limits volatility) {}
