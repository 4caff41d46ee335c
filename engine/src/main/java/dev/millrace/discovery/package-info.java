/**
 * What is worth recording, and what is missing of its past: the asset filter and the universe that it decides once a day, and
 * the collection of candles and payments. What comes is journaled by whoever asks, and reaches the tables that way; what is
 * stored is the only progress kept. Pure but for what asks the venue; threads: the caller's, who may wait for the budget. Start
 * reading at {@code AssetFilter} and {@link dev.millrace.discovery.Collection}.
 */
package dev.millrace.discovery;
