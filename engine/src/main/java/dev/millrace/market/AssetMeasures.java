package dev.millrace.market;

/**
 * All that a decision about a coin goes by, as it was known then.
 *
 * @param maxLeverage the greatest leverage that the venue gives; 0 where it gives none
 * @param openInterestUsd open interest × mark price; NaN when unknown
 */
public record AssetMeasures(int maxLeverage, double openInterestUsd, DayMeasures days, BookMeasures book) {}
