package dev.millrace.codec.hyperliquid;

/**
 * A perpetual as {@code meta} lists it.
 *
 * @param sizeDecimals decimals of sizes
 * @param maxLeverage at most this many times the margin
 * @param onlyIsolated whether it takes isolated margin alone
 * @param delisted whether it is no longer traded
 */
public record ListedPerp(String name, int sizeDecimals, int maxLeverage, boolean onlyIsolated, boolean delisted) {}
