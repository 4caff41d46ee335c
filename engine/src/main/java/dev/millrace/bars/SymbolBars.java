package dev.millrace.bars;

import dev.millrace.market.Basis;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.List;

/** The series of one symbol and basis, one per timeframe, ascending. */
final class SymbolBars {

    final int symbol;
    final String symbolName;
    final Basis basis;
    private final BarEmitter emitter;
    private BarSeries[] series = {};
    private long provableFromMs = Long.MIN_VALUE;
    private boolean coverageChanged;

    SymbolBars(int symbol, String symbolName, Basis basis, BarEmitter emitter) {
        this.symbol = symbol;
        this.symbolName = symbolName;
        this.basis = basis;
        this.emitter = emitter;
    }

    /** Takes the series of its basis; keeps those it has, drops those that are no longer asked for (cold). */
    void follow(List<SeriesPlan> plans) {
        BarSeries[] before = series;
        series = plans.stream()
                .filter(plan -> plan.basis() == basis)
                .map(this::seriesOf)
                .toArray(BarSeries[]::new);
        List<BarSeries> kept = List.of(series);
        for (BarSeries old : before) {
            if (!kept.contains(old)) {
                emitter.drop(old);
            }
        }
    }

    private BarSeries seriesOf(SeriesPlan plan) {
        for (BarSeries known : series) {
            if (known.plan().sameSeries(plan)) {
                return known;
            }
        }
        return new BarSeries(this, plan, emitter);
    }

    void onTrade(long timeMs, long price, long size, long sizeFactor, boolean buy) {
        for (BarSeries each : series) {
            each.onTrade(timeMs, price, size, sizeFactor, buy);
        }
    }

    void onMid(long timeMs, long mid) {
        for (BarSeries each : series) {
            each.onMid(timeMs, mid);
        }
    }

    void writeTo(StateWriter out) {
        out.writeLong(provableFromMs);
        out.writeFlag(coverageChanged);
        for (BarSeries each : series) {
            each.writeTo(out);
        }
    }

    void readFrom(StateReader in) {
        provableFromMs = in.readLong();
        coverageChanged = in.readFlag();
        for (BarSeries each : series) {
            each.readFrom(in);
        }
    }

    boolean isCoverageChanged() {
        return coverageChanged;
    }

    void coverageChanged() {
        coverageChanged = true;
    }

    /** Touches the bars that a change of coverage since the last record makes another bar of. */
    void recheck() {
        if (coverageChanged) {
            coverageChanged = false;
            for (BarSeries each : series) {
                each.recheck();
            }
        }
    }

    /** Bars before this time lack something for good. */
    void unprovableBefore(long timeMs) {
        provableFromMs = Math.max(provableFromMs, timeMs);
    }

    long provableFromMs() {
        return provableFromMs;
    }

    /** The series of the timeframe at this position of the settings; null where the basis has none. */
    BarSeries series(int timeframe) {
        return timeframe < series.length ? series[timeframe] : null;
    }
}
