package dev.millrace.market;

/**
 * What a coin's closed days come to.
 *
 * @param candles closed daily candles among the days looked at
 * @param volumeUsd median quote volume of the last seven closed days; a day without a candle counts as none
 * @param deviation sample standard deviation of ln returns from one day to the next; NaN with too few of them
 */
public record DayMeasures(int candles, double volumeUsd, double deviation) {}
