package dev.millrace.bars;

import dev.millrace.config.BarsConfig;
import dev.millrace.market.Bar;
import dev.millrace.market.BarSink;
import dev.millrace.market.Basis;
import dev.millrace.market.CoverageView;
import dev.millrace.market.Decimals;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counters;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Turns trades and mids into bars. Of each record the market thread passes first all trades in array order, then the
 * clock; a bar closes when the venue's clock has passed its end by {@code bars.close-delay}, and a trade that comes
 * later, but within {@code bars.revision-window} of the clock, makes the next revision of every bar it falls into. Which
 * trades are too late does not depend on the timeframe, so a coarser bar is always the roll-up of the finer ones.
 *
 * <p>Market thread only. Allocates for new symbols and while its pools grow; else nothing. The sink must not call back.
 */
public final class BarAggregator implements StatePart {

    private final BarEmitter emitter;
    private final RevisionHorizon horizon;
    private final SymbolIndex symbols;

    /**
     * @param symbolNames wire name of a symbol id; asked once per symbol
     * @param coverage asked whenever a bar leaves
     * @param sink gets every bar
     */
    public BarAggregator(
            BarsConfig config,
            IntFunction<String> symbolNames,
            CoverageView coverage,
            BarSink sink,
            Counters counters) {
        emitter = new BarEmitter(coverage, sink, counters);
        horizon = new RevisionHorizon(config.revisionWindow().toMillis());
        symbols = new SymbolIndex(symbolNames, emitter);
        symbols.follow(config, Long.MIN_VALUE);
        emitter.configure(config);
    }

    /**
     * Adds a trade to its bars.
     *
     * @param timeMs exchange time
     * @param price scale 8
     * @param size of this scale
     * @param sizeScale 8 or 4
     * @param buy whether the aggressor bought
     * @param clockMs the venue's clock before this record; {@link Long#MIN_VALUE} when there is none yet
     * @return false when it is too late for bars: before the clock less the revision window
     */
    public boolean onTrade(int symbol, long timeMs, long price, long size, int sizeScale, boolean buy, long clockMs) {
        if (isTooLate(Basis.TRADE, symbol, timeMs, clockMs)) {
            return false;
        }
        symbols.get(Basis.TRADE, symbol).onTrade(timeMs, price, size, sizeFactor(sizeScale), buy);
        return true;
    }

    /** Adds a sample to the bars of {@link Basis#MID}; one that is too late, as a trade would be, is left out. */
    public void onMid(int symbol, long timeMs, long mid, long clockMs) {
        if (!isTooLate(Basis.MID, symbol, timeMs, clockMs)) {
            symbols.get(Basis.MID, symbol).onMid(timeMs, mid);
        }
    }

    /**
     * Ends a record: emits the revisions that it made, one per bar, then closes what the clock has passed. Each in the
     * order (bucket end, timeframe, basis, symbol id).
     *
     * @param clockMs the venue's clock after the record
     * @param receiveNs receive time of the record, the bars' {@code knownAt}
     */
    public void onClock(long clockMs, long receiveNs) {
        if (emitter.isDue(clockMs)) {
            symbols.recheck();
            emitter.emit(clockMs, horizon.at(clockMs), receiveNs);
        }
    }

    /**
     * The coverage of a symbol changed other than by growing with the clock: closed bars whose completeness differs now
     * are revised at the next {@link #onClock}.
     */
    public void onCoverageChanged(int symbol, Basis basis) {
        symbols.coverageChanged(basis, symbol);
        emitter.wake();
    }

    /**
     * The exchange time in ms before which nothing may be joined to the coverage any more: the end of the newest bar that
     * was given up although its coverage was undecided, or one past the newest trade that was refused, whichever is later;
     * {@link Long#MIN_VALUE} when there was neither. Such a bar stays incomplete, and without such a trade, for good; a
     * join over it would make the coarser bars complete. Ask after the trades of the record that proves the join.
     */
    public long provableFrom(int symbol, Basis basis) {
        SymbolBars known = symbols.find(basis, symbol);
        return known == null ? Long.MIN_VALUE : known.provableFromMs();
    }

    /** The open bars by symbol id, timeframe, basis and start; not complete by definition (cold). */
    public void forEachOpen(Consumer<Bar> consumer) {
        symbols.forEachSeries(series -> series.forEachOpen(consumer));
    }

    /**
     * The newest closed bars by symbol id, timeframe, basis and start (cold). The last one is always there, older ones
     * while they can be revised.
     */
    public void forEachLastClosed(int perSeries, Consumer<Bar> consumer) {
        symbols.forEachSeries(series -> series.forEachLastClosed(perSeries, consumer));
    }

    /**
     * Takes other settings between two records (cold). Series that stay keep their state. A new one starts with the
     * bucket that the clock is in, which is never complete. A new policy for empty buckets holds for those that open from
     * now on.
     */
    public void reconfigure(BarsConfig config, long clockMs) {
        symbols.follow(config, clockMs);
        horizon.change(config.revisionWindow().toMillis(), clockMs);
        emitter.configure(config);
    }

    @Override
    public String stateTag() {
        return "BARS";
    }

    @Override
    public void writeTo(StateWriter out) {
        horizon.writeTo(out);
        symbols.writeTo(out);
    }

    @Override
    public void readFrom(StateReader in) {
        horizon.readFrom(in);
        symbols.readFrom(in);
        if (symbols.isCoverageChanged()) {
            emitter.wake();
        }
    }

    private boolean isTooLate(Basis basis, int symbol, long timeMs, long clockMs) {
        if (timeMs >= horizon.at(clockMs)) {
            return false;
        }
        symbols.get(basis, symbol).unprovableBefore(timeMs + 1);
        return true;
    }

    private static long sizeFactor(int sizeScale) {
        return switch (sizeScale) {
            case Decimals.SCALE -> 1;
            case 4 -> 10_000;
            default -> throw new IllegalArgumentException("a size has scale 8 or 4, not " + sizeScale);
        };
    }
}
