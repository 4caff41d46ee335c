package dev.millrace.bars;

import dev.millrace.config.BarsConfig;
import dev.millrace.market.Basis;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The bars of every symbol seen so far, by basis and symbol id, all following the same plans. */
final class SymbolIndex {

    private static final int END = -1;

    private final IntFunction<String> symbolNames;
    private final BarEmitter emitter;
    private final SymbolBars[][] byBasis = new SymbolBars[Basis.values().length][0];
    private List<SeriesPlan> plans = List.of();
    private int timeframes;
    private boolean coverageChanged;

    SymbolIndex(IntFunction<String> symbolNames, BarEmitter emitter) {
        this.symbolNames = symbolNames;
        this.emitter = emitter;
    }

    /** Null for a symbol that has no bars of this basis. */
    SymbolBars find(Basis basis, int symbol) {
        SymbolBars[] bySymbol = byBasis[basis.ordinal()];
        return symbol < bySymbol.length ? bySymbol[symbol] : null;
    }

    /** Finds or creates. */
    SymbolBars get(Basis basis, int symbol) {
        SymbolBars known = find(basis, symbol);
        return known != null ? known : register(basis, symbol);
    }

    private SymbolBars register(Basis basis, int symbol) {
        SymbolBars[] bySymbol = byBasis[basis.ordinal()];
        if (symbol >= bySymbol.length) {
            bySymbol = Arrays.copyOf(bySymbol, Math.max(symbol + 1, bySymbol.length * 2));
            byBasis[basis.ordinal()] = bySymbol;
        }
        bySymbol[symbol] = new SymbolBars(symbol, symbolNames.apply(symbol), basis, emitter);
        bySymbol[symbol].follow(plans);
        return bySymbol[symbol];
    }

    /** Takes the series from these settings; those asked for before keep the time they were born at (cold). */
    void follow(BarsConfig config, long clockMs) {
        List<SeriesPlan> next = new ArrayList<>();
        for (Timeframe timeframe : config.timeframes()) {
            for (Basis basis : config.bases()) {
                SeriesPlan plan = new SeriesPlan(timeframe, basis, clockMs);
                next.add(plans.stream().filter(plan::sameSeries).findFirst().orElse(plan));
            }
        }
        plans = next;
        timeframes = config.timeframes().size();
        forEachSymbol(symbol -> symbol.follow(next));
    }

    /** When each series was asked for, in the order of the settings, then the symbols of each basis by ascending id. */
    void writeTo(StateWriter out) {
        for (int i = 0; i < plans.size(); i++) {
            out.writeLong(plans.get(i).bornMs());
        }
        for (SymbolBars[] bySymbol : byBasis) {
            for (SymbolBars symbol : bySymbol) {
                if (symbol != null) {
                    out.writeInt(symbol.symbol);
                    symbol.writeTo(out);
                }
            }
            out.writeInt(END);
        }
    }

    /** The settings are the ones that were followed when it was written. */
    void readFrom(StateReader in) {
        List<SeriesPlan> born = new ArrayList<>();
        for (SeriesPlan plan : plans) {
            born.add(new SeriesPlan(plan.timeframe(), plan.basis(), in.readLong()));
        }
        plans = born;
        for (Basis basis : Basis.values()) {
            for (int symbol = in.readInt(); symbol != END; symbol = in.readInt()) {
                SymbolBars bars = get(basis, in.checkId(symbol));
                bars.readFrom(in);
                coverageChanged |= bars.isCoverageChanged();
            }
        }
    }

    /** Whether a change of coverage is still to be rechecked. */
    boolean isCoverageChanged() {
        return coverageChanged;
    }

    void coverageChanged(Basis basis, int symbol) {
        SymbolBars known = find(basis, symbol);
        if (known != null) {
            known.coverageChanged();
            coverageChanged = true;
        }
    }

    /** Touches the bars of symbols whose coverage changed, where it makes another bar of them. */
    void recheck() {
        if (coverageChanged) {
            coverageChanged = false;
            forEachSymbol(SymbolBars::recheck);
        }
    }

    private void forEachSymbol(Consumer<SymbolBars> consumer) {
        for (SymbolBars[] bySymbol : byBasis) {
            for (SymbolBars symbol : bySymbol) {
                if (symbol != null) {
                    consumer.accept(symbol);
                }
            }
        }
    }

    /** By symbol id, timeframe and basis (cold). */
    void forEachSeries(Consumer<BarSeries> consumer) {
        int symbols = Arrays.stream(byBasis)
                .mapToInt(bySymbol -> bySymbol.length)
                .max()
                .orElse(0);
        for (int symbol = 0; symbol < symbols; symbol++) {
            for (int timeframe = 0; timeframe < timeframes; timeframe++) {
                for (Basis basis : Basis.values()) {
                    SymbolBars bars = find(basis, symbol);
                    BarSeries series = bars == null ? null : bars.series(timeframe);
                    if (series != null) {
                        consumer.accept(series);
                    }
                }
            }
        }
    }
}
