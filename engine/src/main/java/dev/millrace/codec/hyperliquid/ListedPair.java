package dev.millrace.codec.hyperliquid;

/**
 * A spot pair as {@code spotMeta} lists it.
 *
 * @param name wire name, {@code PURR/USDC} or {@code @107}
 * @param index the venue's number of the pair, which is not its place in the list
 * @param sizeDecimals of the base token
 */
public record ListedPair(String name, int index, String base, String quote, int sizeDecimals) {}
