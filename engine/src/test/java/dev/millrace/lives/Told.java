package dev.millrace.lives;

import dev.millrace.market.Bar;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.Gap;
import dev.millrace.market.StateWriter;
import dev.millrace.market.Trade;
import dev.millrace.pipeline.Frames.VenueTrade;
import dev.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a market told: bars with the record that made each, trades, gaps. */
final class Told implements EmittedBarSink, Strategy {

    /** A bar, and the record that made it. */
    record Emitted(long sequence, Bar bar) {

        void writeTo(StateWriter out) {
            out.writeLong(sequence);
            out.writeText(bar.symbolName);
            out.writeLong(bar.timeframe.millis());
            out.writeInt(bar.basis.ordinal());
            bar.writeTo(out);
        }
    }

    final List<Emitted> bars = new ArrayList<>();
    /** The last revision of each. */
    final Map<String, Bar> last = new LinkedHashMap<>();

    final List<VenueTrade> trades = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();
    /** How many trades had been told when each gap was. */
    final List<Integer> tradesBefore = new ArrayList<>();

    @Override
    public void onEmitted(Bar bar, long sequence) {
        Bar copy = bar.copy();
        bars.add(new Emitted(sequence, copy));
        last.put(bar.symbolName + " " + bar.timeframe + " " + bar.startMs, copy);
    }

    @Override
    public void onTrade(Trade trade) {
        trades.add(new VenueTrade(trade.symbolName, trade.timeMs, trade.tid, trade.price, sizeAt8(trade), trade.buy));
    }

    private static long sizeAt8(Trade trade) {
        return trade.sizeScale == 8 ? trade.size : trade.size * 10_000;
    }

    @Override
    public void onGap(Gap gap) {
        gaps.add(gap);
        tradesBefore.add(trades.size());
    }
}
