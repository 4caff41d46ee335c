/**
 * Trades and mids in, bars out: exact, in one order, revised when a late trade or a later proof changes them. Pure: no
 * I/O and no clock of its own, so live and replay give the same bars. Everything runs on the market thread and allocates
 * nothing once its pools have grown; {@link dev.millrace.bars.BarsCsv} is cold.
 *
 * <pre>
 * BarAggregator ─▶ SymbolBars   one per symbol and basis
 *                    └▶ BarSeries   one per timeframe: finds the bucket of a trade in its BarWindow
 *                         └▶ BarEmitter   queues of open and of touched bars, in the order of emission ─▶ BarSink
 * </pre>
 *
 * <p>Start reading at {@link dev.millrace.bars.BarAggregator}, then {@code BarEmitter}.
 */
package dev.millrace.bars;
