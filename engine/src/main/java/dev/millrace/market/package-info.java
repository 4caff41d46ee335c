/**
 * The nouns of the market and the ports between components. Everything else imports this package; it imports nothing of
 * Millrace. Prices are longs of scale 8, sizes longs of scale 8 or 4, sums are {@link dev.millrace.market.Sum128};
 * exchange times are milliseconds and receive times nanoseconds since 1970, UTC.
 *
 * <p>Start reading at {@link dev.millrace.market.MarketEvent} (what enters) and {@link dev.millrace.market.Bar} (what
 * leaves).
 */
package dev.millrace.market;
