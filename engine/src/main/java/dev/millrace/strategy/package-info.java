/**
 * The strategies' door: the one interface through which bars, trades, books and gaps leave the engine, the same live and
 * in a replay. Callbacks run on the market thread. Start reading at {@link dev.millrace.strategy.Strategy}.
 */
package dev.millrace.strategy;
