package dev.millrace.bars;

import dev.millrace.config.BarsConfig;
import dev.millrace.market.BarSink;
import dev.millrace.market.CoverageView;
import dev.millrace.market.StateReader;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;

/**
 * Decides when a bar leaves and in which order: the revisions of a record, then the bars that its clock closes. An empty
 * bar is opened when the one before it has closed, so a jump of the clock over many buckets holds one open bar a series.
 */
final class BarEmitter {

    /** Of a series, beforehand: a longer revision window takes more as it fills. */
    private static final long MOST_RESERVED = 1_024;
    /** The open bar, and those that the window cuts at its two ends. */
    private static final long BESIDE_THE_WINDOW = 3;

    private final CoverageView coverage;
    private final BarSink sink;
    private final SlotPool pool = new SlotPool();
    private final SlotQueue open = new SlotQueue();
    private final SlotQueue touched = new SlotQueue();
    private final Counter closedBars;
    private final Counter revisedBars;
    private final Counter openBars;
    private final Counter droppedBars;
    private BarsConfig.EmptyBars emptyBars;
    private long closeDelayMs;
    private long revisionWindowMs;
    /** Nothing is due before the clock reaches it; {@link Long#MIN_VALUE} when something is due whatever the clock says. */
    private long workAtMs = Long.MAX_VALUE;

    BarEmitter(CoverageView coverage, BarSink sink, Counters counters) {
        this.coverage = coverage;
        this.sink = sink;
        closedBars = counters.counter("bars.closed", "Bars emitted for the first time");
        revisedBars = counters.counter("bars.revised", "Bars emitted again, changed");
        openBars = counters.gauge("bars.open", "Bars open now");
        droppedBars = counters.counter("bars.dropped", "Open bars dropped with a series that the settings took out");
    }

    void configure(BarsConfig config) {
        emptyBars = config.emptyBars();
        closeDelayMs = config.closeDelay().toMillis();
        revisionWindowMs = config.revisionWindow().toMillis();
        workAtMs = Long.MIN_VALUE;
    }

    /** Whether {@link #emit} has something to do at this time of the venue's clock. */
    boolean isDue(long clockMs) {
        return clockMs >= workAtMs;
    }

    /** Makes the next {@link #emit} due at any clock. */
    void wake() {
        workAtMs = Long.MIN_VALUE;
    }

    /**
     * Makes the slots that a new series will hold (cold): otherwise the first end of an hour, of four hours and of a day
     * would each allocate, long after the start.
     */
    void reserve(SeriesPlan plan) {
        long held = (revisionWindowMs + closeDelayMs) / plan.timeframe().millis() + BESIDE_THE_WINDOW;
        pool.reserve((int) Math.min(held, MOST_RESERVED));
    }

    /** A fresh open bar. */
    BarSlot open(BarSeries series, long startMs) {
        BarSlot slot = pool.take();
        slot.open(series, startMs);
        enqueue(slot);
        return slot;
    }

    /** The bar that was written, back in the queue if it is open. */
    BarSlot restore(BarSeries series, StateReader in) {
        BarSlot slot = pool.take();
        slot.readFrom(in, series);
        if (!slot.emitted) {
            enqueue(slot);
        }
        return slot;
    }

    private void enqueue(BarSlot slot) {
        open.add(slot);
        workAtMs = Math.min(workAtMs, slot.endMs + closeDelayMs);
        openBars.set(open.size());
    }

    /** The bar changed: if it was emitted before, it will be again. */
    void touch(BarSlot slot) {
        if (slot.emitted && !slot.touched) {
            slot.touched = true;
            touched.add(slot);
            wake();
        }
    }

    void giveBack(BarSlot slot) {
        pool.giveBack(slot);
    }

    /** Forgets a series that the settings no longer ask for (cold). */
    void drop(BarSeries series) {
        droppedBars.add(open.removeAll(series));
        touched.removeAll(series);
        openBars.set(open.size());
    }

    void emit(long clockMs, long horizonMs, long receiveNs) {
        while (!touched.isEmpty()) {
            revise(touched.removeFirst(), receiveNs);
        }
        while (!open.isEmpty() && open.first().endMs + closeDelayMs <= clockMs) {
            close(open.removeFirst(), horizonMs, receiveNs);
        }
        workAtMs = open.isEmpty() ? Long.MAX_VALUE : open.first().endMs + closeDelayMs;
        openBars.set(open.size());
    }

    private void revise(BarSlot slot, long receiveNs) {
        slot.touched = false;
        slot.bar.revision++;
        stamp(slot, receiveNs);
        revisedBars.increment();
        sink.onBarRevised(slot.bar);
        slot.series.onRevised(slot);
    }

    private void close(BarSlot slot, long horizonMs, long receiveNs) {
        slot.emitted = true;
        stamp(slot, receiveNs);
        closedBars.increment();
        sink.onBar(slot.bar);
        SymbolBars owner = slot.series.owner();
        slot.series.onClosed(slot, emptyBars);
        slot.series.letGo(horizonMs, coverage.unresolvedFrom(owner.symbol, owner.basis));
    }

    boolean isComplete(BarSlot slot) {
        SymbolBars owner = slot.series.owner();
        return slot.series.watchedWhole(slot) && coverage.covered(owner.symbol, owner.basis, slot.startMs, slot.endMs);
    }

    private void stamp(BarSlot slot, long receiveNs) {
        slot.bar.complete = isComplete(slot);
        slot.bar.knownAtNs = receiveNs;
    }
}
