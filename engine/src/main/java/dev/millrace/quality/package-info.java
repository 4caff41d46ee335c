/**
 * How good the bars of a (symbol, timeframe, day) are: score, state, evidence, agreement with the exchange's candles, and
 * certificates of it. Pure functions of rows of the tables, on the thread that asks; begin at {@link
 * dev.millrace.quality.DayQuality}.
 */
package dev.millrace.quality;
