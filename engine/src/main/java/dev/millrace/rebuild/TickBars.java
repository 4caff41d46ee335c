package dev.millrace.rebuild;

import dev.millrace.bars.BarAggregator;
import dev.millrace.config.BarsConfig;
import dev.millrace.market.Bar;
import dev.millrace.market.BarSink;
import dev.millrace.market.CoverageView;
import dev.millrace.market.Decimals;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.metrics.Counters;
import dev.millrace.store.HeldDays;
import java.math.BigDecimal;

/**
 * Bars of one symbol from its ticks in order of time, those that begin in a stretch. A trade that came too late for the bar
 * that live made is in the bar made here; within one millisecond and record the order of trades is that of their ids. What
 * counts as known is the last trade that was.
 */
final class TickBars implements HeldDays.TickReader, BarSink {

    private static final int SYMBOL = 0;
    private static final int SMALL_SCALE = 4;

    private final long fromMs;
    private final long toMs;
    private final EmittedBarSink sink;
    private final BarAggregator bars;
    private long clockMs;
    private long knownNs;
    private long sequence;

    /**
     * @param toMs bars begin before this
     * @param config without delay or revisions: nothing comes late
     */
    TickBars(String symbol, long fromMs, long toMs, BarsConfig config, CoverageView whole, EmittedBarSink sink) {
        this.fromMs = fromMs;
        this.toMs = toMs;
        this.sink = sink;
        bars = new BarAggregator(config, id -> symbol, whole, this, new Counters());
        clockMs = fromMs;
    }

    @Override
    public void onTick(long timeMs, double price, double size, boolean buy, long receivedNs, long madeBy) {
        bars.onClock(timeMs, knownNs);
        int scale = scale(size);
        bars.onTrade(SYMBOL, timeMs, exact(price, Decimals.SCALE), exact(size, scale), scale, buy, timeMs);
        clockMs = timeMs;
        knownNs = Math.max(knownNs, receivedNs);
        sequence = Math.max(sequence, madeBy);
    }

    /** No tick is missing before this. */
    void finish(long endMs) {
        bars.onClock(Math.max(clockMs, endMs), knownNs);
    }

    private static int scale(double size) {
        return size < Long.MAX_VALUE / (double) Decimals.ONE ? Decimals.SCALE : SMALL_SCALE;
    }

    /** The number that was stored as the double nearest to it. */
    private static long exact(double value, int scale) {
        return BigDecimal.valueOf(value).movePointRight(scale).longValueExact();
    }

    @Override
    public void onBar(Bar bar) {
        if (bar.startMs >= fromMs && bar.startMs < toMs) {
            sink.onEmitted(bar, sequence);
        }
    }

    @Override
    public void onBarRevised(Bar bar) {
        throw new IllegalStateException("ticks in order of time revise no bar: " + bar);
    }
}
