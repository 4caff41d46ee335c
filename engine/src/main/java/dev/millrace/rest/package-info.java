/**
 * Hyperliquid's REST interface: the few {@code POST /info} calls that give names, scales and volumes at start. Each reply
 * is journaled before anyone reads it. Calls block the calling thread, which is never the event loop or the market
 * thread. Start reading at {@link dev.millrace.rest.InfoClient}.
 */
package dev.millrace.rest;
