package dev.millrace.pipeline;

import dev.millrace.market.BookView;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.LatencyHistogram;
import java.util.Map;

/**
 * Measures how far apart the copies of what comes over two connections arrive. Trades are remembered in a table in which a
 * later one overwrites an earlier one of the same place: then that one is not measured. A measurement, no state. Market
 * thread.
 */
final class Arrivals {

    /** Copies come within seconds. */
    private static final int PLACES = 1 << 13;

    private final ArrivalRace trades;
    private final ArrivalRace bbo;
    private final ArrivalRace fastBooks;
    private final ArrivalRace slowBooks;
    private final long[] timeMs = new long[PLACES];
    private final long[] tid = new long[PLACES];
    private final long[] receiveNs = new long[PLACES];
    private final int[] symbol = new int[PLACES];
    /** 0 where the place is free. */
    private final int[] connection = new int[PLACES];

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

    void onNewTrade(int tradeSymbol, long tradeMs, long tradeId, MarketEvent event) {
        int at = place(tradeSymbol, tradeMs, tradeId);
        symbol[at] = tradeSymbol;
        timeMs[at] = tradeMs;
        tid[at] = tradeId;
        receiveNs[at] = event.receiveNs();
        connection[at] = Source.connection(event.source());
    }

    void onTradeAgain(int tradeSymbol, long tradeMs, long tradeId, MarketEvent event) {
        int at = place(tradeSymbol, tradeMs, tradeId);
        int second = Source.connection(event.source());
        boolean isKnown = symbol[at] == tradeSymbol && timeMs[at] == tradeMs && tid[at] == tradeId;
        if (isKnown && connection[at] != 0 && connection[at] != second) {
            trades.onBoth(connection[at], receiveNs[at], second, event.receiveNs());
            connection[at] = 0;
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

    private static int place(int tradeSymbol, long tradeMs, long tradeId) {
        long mixed = (tradeId ^ tradeMs * 0x9E37_79B9_7F4A_7C15L) + tradeSymbol;
        return (int) ((mixed * 0xD6E8_FEB8_6659_FD93L) >>> 51);
    }
}
