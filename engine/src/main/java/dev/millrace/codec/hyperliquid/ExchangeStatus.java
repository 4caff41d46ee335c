package dev.millrace.codec.hyperliquid;

import java.util.Optional;

/**
 * What the venue says of itself.
 *
 * @param timeMs its clock, since 1970, a few hundred ms behind
 * @param special what is out of the ordinary, as the venue puts it
 */
public record ExchangeStatus(long timeMs, Optional<Object> special) {}
