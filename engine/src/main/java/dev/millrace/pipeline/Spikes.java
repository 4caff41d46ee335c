package dev.millrace.pipeline;

import dev.millrace.market.SpikeWindow;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.util.Arrays;

/** Counts the trades of each symbol that a {@link SpikeWindow} flags, in the order of their arrival. Market thread. */
final class Spikes implements StatePart {

    private static final int END = -1;

    private final SymbolTable symbols;
    private final Counters counters;
    private SpikeWindow[] windows = new SpikeWindow[64];
    private Counter[] spikes = new Counter[64];

    Spikes(SymbolTable symbols, Counters counters) {
        this.symbols = symbols;
        this.counters = counters;
    }

    /** A trade was accepted. */
    void onTrade(Trade trade) {
        if (window(trade.symbol).add(trade.price)) {
            spikes[trade.symbol].increment();
        }
    }

    private SpikeWindow window(int symbol) {
        if (symbol >= windows.length) {
            int length = Math.max(symbol + 1, windows.length * 2);
            windows = Arrays.copyOf(windows, length);
            spikes = Arrays.copyOf(spikes, length);
        }
        if (windows[symbol] == null) {
            windows[symbol] = new SpikeWindow();
            spikes[symbol] = counters.counter(
                    "trades.spikes",
                    "Accepted trades whose price lies far off the 100 before it; taken all the same",
                    symbols.name(symbol));
        }
        return windows[symbol];
    }

    @Override
    public String stateTag() {
        return "SPIK";
    }

    @Override
    public void writeTo(StateWriter out) {
        for (int symbol = 0; symbol < windows.length; symbol++) {
            if (windows[symbol] != null) {
                out.writeInt(symbol);
                windows[symbol].writeTo(out);
            }
        }
        out.writeInt(END);
    }

    @Override
    public void readFrom(StateReader in) {
        for (int symbol = in.readInt(); symbol != END; symbol = in.readInt()) {
            window(in.checkId(symbol)).readFrom(in);
        }
    }
}
