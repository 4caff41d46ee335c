package dev.millrace.pipeline;

import dev.millrace.market.BookView;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.LatencyHistogram;
import java.util.Map;

/**
 * Measures how far apart the copies of what comes over two connections arrive. A measurement, no state. Market thread; takes
 * its memory with the first trade that may come twice, since most markets never see one.
 */
final class Arrivals {

    private final ArrivalRace trades;
    private final ArrivalRace bbo;
    private final ArrivalRace fastBooks;
    private final ArrivalRace slowBooks;
    /** Null before the first. */
    private RacedTrades raced;

    Arrivals(Counters counters) {
        trades = new ArrivalRace("trades", counters);
        bbo = new ArrivalRace("bbo", counters);
        fastBooks = new ArrivalRace("book-fast", counters);
        slowBooks = new ArrivalRace("book", counters);
    }

    ArrivalRace of(BookView view) {
        return switch (view) {
            case BBO -> bbo;
            case FAST -> fastBooks;
            case SLOW -> slowBooks;
        };
    }

    /** A trade was accepted that another connection may bring too. */
    void onNewTrade(int symbol, long timeMs, long tid, MarketEvent event) {
        if (raced == null) {
            raced = new RacedTrades();
        }
        raced.put(symbol, timeMs, tid, Source.connection(event.source()), event.receiveNs());
    }

    /** A trade came that was accepted before. Only the first copy from another connection is measured. */
    void onTradeAgain(int symbol, long timeMs, long tid, MarketEvent event) {
        int first = raced == null ? RacedTrades.NONE : raced.find(symbol, timeMs, tid);
        int connection = Source.connection(event.source());
        if (first != RacedTrades.NONE && raced.connection(first) != connection) {
            trades.onBoth(raced.connection(first), raced.receiveNs(first), connection, event.receiveNs());
            raced.remove(first);
        }
    }

    /** By the name under which they are shown. */
    Map<String, LatencyHistogram> differences() {
        return Map.of(
                "arrivals.trades", trades.difference(),
                "arrivals.bbo", bbo.difference(),
                "arrivals.book-fast", fastBooks.difference(),
                "arrivals.book", slowBooks.difference());
    }
}
