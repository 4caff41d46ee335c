package dev.millrace.benchmarks.faults;

import dev.millrace.benchmarks.faults.Venue.TradeId;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.Gap;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.TickSink;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Market;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the daemon left: the messages of each connection in its journal, and what a replay of it tells. */
final class Recorded implements Strategy {

    /**
     * A gap and when it was told.
     *
     * @param toldMs receive time of the record that showed it
     * @param trades how many trades had been accepted then
     */
    record ToldGap(Gap gap, long toldMs, int trades) {}

    /** A connection: its messages and why it ended; empty for one that did not. */
    static final class Connection {
        final List<Long> messages = new ArrayList<>();
        String end = "";
    }

    final Map<Integer, Connection> connections = new LinkedHashMap<>();
    final List<TradeId> trades = new ArrayList<>();
    final List<ToldGap> gaps = new ArrayList<>();

    private Recorded() {}

    static Recorded read(Path journal) {
        Recorded recorded = new Recorded();
        Counters counters = new Counters();
        StrategyHost host = new StrategyHost(() -> List.of(recorded), counters, new ErrorLog(Clock.systemUTC()));
        Market market = new Market(host, recorded::onGap, EmittedBarSink.NONE, TickSink.NONE, counters);
        MarketEvent event = new MarketEvent(1 << 12);
        try (JournalReader reader = JournalReader.open(journal)) {
            while (reader.read(event)) {
                recorded.onEvent(event);
                market.onEvent(event);
            }
        }
        return recorded;
    }

    private void onEvent(MarketEvent event) {
        int number = Source.connection(event.source());
        if (event.kind() == RecordKind.FRAME) {
            connections.get(number).messages.add(Messages.print(event.bytes(), event.length()));
        } else if (event.kind() == RecordKind.LIFECYCLE) {
            Lifecycle what = Lifecycle.of(event.bytes(), event.length());
            if (what == Lifecycle.CONNECTED) {
                connections.put(number, new Connection());
            } else if (what == Lifecycle.LOST && connections.containsKey(number)) {
                connections.get(number).end = new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8);
            }
        }
    }

    @Override
    public void onTrade(Trade trade) {
        trades.add(new TradeId(trade.symbolName, trade.timeMs, trade.tid));
    }

    private void onGap(Gap gap, long receiveNs) {
        gaps.add(new ToldGap(gap, TimeUnit.NANOSECONDS.toMillis(receiveNs), trades.size()));
    }
}
