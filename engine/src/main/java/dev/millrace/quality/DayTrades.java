package dev.millrace.quality;

import java.util.OptionalLong;

/**
 * What the trades of a day tell of its bars.
 *
 * @param firstRecord of the journal that brought one; empty where none is kept
 * @param trades how many are kept
 * @param spikes how many of them are, by {@link dev.millrace.market.SpikeWindow}
 */
public record DayTrades(OptionalLong firstRecord, long trades, long spikes) {}
