package dev.millrace.pipeline;

import dev.millrace.market.Bar;
import dev.millrace.market.Gap;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strategy that writes down what it is given. */
final class Recorder implements Strategy {

    final List<String> events = new ArrayList<>();
    final List<Bar> bars = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();
    final List<Long> tids = new ArrayList<>();
    /** The last revision of each bar. */
    final Map<String, Bar> last = new LinkedHashMap<>();

    private MarketView market;

    static Market market(Recorder recorder, Counters counters) {
        StrategyHost host = new StrategyHost(() -> List.of(recorder), counters, new ErrorLog(Clock.systemUTC()));
        return new Market(host, (gap, receiveNs) -> {}, counters);
    }

    @Override
    public void onStart(MarketView view) {
        market = view;
        events.add("start");
    }

    @Override
    public void onTrade(Trade trade) {
        tids.add(trade.tid);
        events.add("trade " + trade.symbolName + " " + trade.tid + " at " + trade.timeMs);
    }

    @Override
    public void onBar(Bar bar) {
        keep("bar ", bar);
    }

    @Override
    public void onBarRevised(Bar bar) {
        keep("revised ", bar);
    }

    @Override
    public void onSentiment(SentimentReading reading) {
        events.add("sentiment " + reading);
    }

    @Override
    public void onGap(Gap gap) {
        gaps.add(gap);
        events.add("gap " + gap);
    }

    @Override
    public void onStop() {
        events.add("stop");
    }

    /** The last revision of each bar, and the open ones. */
    Map<String, Bar> allBars() {
        Map<String, Bar> all = new LinkedHashMap<>(last);
        market.forEachOpenBar(bar -> all.put(key(bar), bar.copy()));
        return all;
    }

    static String key(Bar bar) {
        return bar.symbolName + " " + bar.timeframe + " " + bar.startMs;
    }

    private void keep(String what, Bar bar) {
        Bar copy = bar.copy();
        bars.add(copy);
        last.put(key(copy), copy);
        events.add(what + copy);
    }
}
