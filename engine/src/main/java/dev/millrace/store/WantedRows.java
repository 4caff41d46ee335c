package dev.millrace.store;

import dev.millrace.market.AssetContext;
import dev.millrace.market.Bar;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.Gap;
import dev.millrace.market.TickSink;
import dev.millrace.market.Trade;
import dev.millrace.tables.Dataset;

/** Of what a market tells, the rows that a rebuild is to make again. The replaying thread. */
final class WantedRows implements EmittedBarSink, TickSink {

    private static final long NS_PER_MS = 1_000_000;

    private final RebuildScope scope;
    private final RowCollector rows;

    WantedRows(RebuildScope scope, RowCollector rows) {
        this.scope = scope;
        this.rows = rows;
    }

    @Override
    public void onTrade(Trade trade, long sequence) {
        if (scope.holds(Dataset.TICK_DATA, trade.timeMs)) {
            rows.onTrade(trade, sequence);
        }
    }

    @Override
    public void onTopOfBook(String symbol, BookView view, BookFrame book, long receiveNs, long sequence) {
        if (scope.holds(Dataset.BOOK_TOPS, book.timeMs)) {
            rows.onTopOfBook(symbol, view, book, receiveNs, sequence);
        }
    }

    @Override
    public void onBook(String symbol, BookView view, BookFrame book, long receiveNs, long sequence) {
        if (scope.holds(Dataset.BOOKS, book.timeMs)) {
            rows.onBook(symbol, view, book, receiveNs, sequence);
        }
    }

    @Override
    public void onContext(String symbol, AssetContext context, long receiveNs, long sequence) {
        if (scope.holds(Dataset.ASSET_CONTEXT, Math.floorDiv(receiveNs, NS_PER_MS))) {
            rows.onContext(symbol, context, receiveNs, sequence);
        }
    }

    @Override
    public void onGap(Gap gap, long receiveNs, long sequence) {
        if (scope.holds(Dataset.FEED_GAPS, gap.fromMs())) {
            rows.onGap(gap, receiveNs, sequence);
        }
    }

    @Override
    public void onEmitted(Bar bar, long sequence) {
        if (scope.holds(Dataset.OHLCV, bar.startMs) && scope.holds(bar.timeframe)) {
            rows.onEmitted(bar, sequence);
        }
    }
}
