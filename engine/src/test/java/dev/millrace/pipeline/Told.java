package dev.millrace.pipeline;

import dev.millrace.market.Bar;
import dev.millrace.market.BookFrame;
import dev.millrace.market.Gap;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A market and every callback that it gave, a line each. */
final class Told implements Strategy {

    final List<String> lines = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();
    final Counters counters = new Counters();
    final Market market;
    private final StrategyHost host;

    Told() {
        host = new StrategyHost(() -> List.of(this), counters, new ErrorLog(Clock.systemUTC()));
        market = new Market(host, (gap, receiveNs) -> lines.add("annotate " + gap + " " + receiveNs), counters);
    }

    /** One that goes on from a state. */
    static Told resumed(byte[] state, boolean inSession) {
        Told told = new Told();
        told.market.readFrom(new StateReader(state, state.length), 0, 0);
        if (inSession) {
            told.host.onStart(told.market.view());
            told.lines.clear();
        }
        return told;
    }

    byte[] state() {
        StateWriter out = new StateWriter();
        market.writeTo(out);
        return Arrays.copyOf(out.bytes(), out.length());
    }

    @Override
    public void onStart(MarketView view) {
        lines.add("start " + view.venueTimeMs());
        view.forEachOpenBar(bar -> lines.add("open " + text(bar)));
        view.forEachClosedBar(5, bar -> lines.add("closed " + text(bar)));
        for (int symbol = 0; symbol < view.symbolCount(); symbol++) {
            lines.add(view.symbolName(symbol) + " " + (view.slowBook(symbol) == null) + (view.bbo(symbol) == null));
        }
    }

    @Override
    public void onTrade(Trade trade) {
        lines.add("trade " + trade.symbolName + " " + trade.tid + " " + trade.timeMs + " " + trade.price + " "
                + trade.size + " " + trade.sizeScale + " " + trade.buy + " " + trade.receiveNs + " " + trade.sequence);
    }

    @Override
    public void onBook(BookFrame book) {
        lines.add("book " + book.symbol + " " + book.timeMs + " " + book.bids.count + " " + book.bids.sizeScale);
    }

    @Override
    public void onBbo(BookFrame bbo) {
        lines.add("bbo " + bbo.symbol + " " + bbo.timeMs);
    }

    @Override
    public void onBar(Bar bar) {
        lines.add("bar " + text(bar));
    }

    @Override
    public void onBarRevised(Bar bar) {
        lines.add("revised " + text(bar));
    }

    @Override
    public void onSentiment(SentimentReading reading) {
        lines.add("sentiment " + reading);
    }

    @Override
    public void onGap(Gap gap) {
        lines.add("gap " + gap);
        gaps.add(gap);
    }

    @Override
    public void onClock(long venueTimeMs) {
        lines.add("clock " + venueTimeMs);
    }

    @Override
    public void onStop() {
        lines.add("stop");
    }

    private static String text(Bar bar) {
        return bar + " " + bar.quoteVolume + " " + bar.buyVolume + " " + bar.firstTimeMs + " " + bar.lastTimeMs + " "
                + bar.knownAtNs;
    }
}
