/**
 * Hyperliquid's REST interface, {@code POST /info}: metadata, books, history and accounts, all within one budget of weight,
 * {@link dev.millrace.rest.Budget}. Each reply is journaled before anyone reads it. Calls block the calling thread, which is
 * never the event loop or the market thread. Start reading at {@link dev.millrace.rest.InfoClient}.
 */
package dev.millrace.rest;
