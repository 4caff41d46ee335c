package dev.millrace.store;

import dev.millrace.market.AssetContext;
import dev.millrace.market.Bar;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Decimals;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.Gap;
import dev.millrace.market.Instrument;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.TickSink;
import dev.millrace.market.Trade;
import dev.millrace.market.UniverseDecision;
import dev.millrace.market.VenueCandle;
import dev.millrace.market.WideDecimal;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.math.BigDecimal;
import java.util.function.Predicate;

/**
 * Turns what a market gives into rows of a batch. Until it {@link #begin begins}, it takes nothing: a market that is brought
 * to the committed position gives again what the tables hold. Thread {@code md-store}.
 */
public final class RowCollector implements EmittedBarSink, TickSink {

    private static final String SECOND = "1s";
    private static final long NS_PER_MS = 1_000_000;

    private final boolean fullBooks;
    private final Counter refused;
    private final HistoryRows history;
    private Batch batch;
    private LakeReach inLake = LakeReach.NONE;

    /** Without whole books. */
    public RowCollector(Counters counters) {
        this(false, counters);
    }

    /** @param fullBooks whether every level of every book is a row: {@code store.full-books} */
    public RowCollector(boolean fullBooks, Counters counters) {
        this.fullBooks = fullBooks;
        refused = counters.counter("store.refused", "Bars that break the range rules, not stored");
        history = new HistoryRows(counters);
    }

    /** Rows that are not to be collected. */
    void leaveOut(LakeReach rows) {
        inLake = rows;
    }

    /** From now on rows go into this batch. */
    void begin(Batch next) {
        batch = next;
    }

    @Override
    public void onTrade(Trade trade, long sequence) {
        if (batch == null || inLake.holds(Table.TICK_DATA, trade.symbolName, trade.timeMs, sequence)) {
            return;
        }
        batch.of(Table.TICK_DATA)
                .text(trade.symbolName)
                .time(trade.timeMs)
                .whole(trade.tid)
                .text(trade.buy ? "buy" : "sell")
                .number(Decimals.nearest(trade.price, Decimals.SCALE))
                .number(Decimals.nearest(trade.size, trade.sizeScale))
                .whole(trade.receiveNs)
                .whole(sequence)
                .end();
    }

    @Override
    public void onTopOfBook(String symbol, BookView view, BookFrame book, long receiveNs, long sequence) {
        if (batch == null || inLake.holds(Table.BOOK_TOPS, symbol, book.timeMs, sequence)) {
            return;
        }
        RowBuffer rows =
                batch.of(Table.BOOK_TOPS).text(symbol).time(book.timeMs).text(view.label());
        best(book.bids, rows);
        best(book.asks, rows);
        rows.whole(receiveNs).whole(sequence).end();
    }

    private static void best(BookFrame.Levels side, RowBuffer rows) {
        if (side.count == 0) {
            rows.none().none();
        } else {
            rows.number(Decimals.nearest(side.price[0], Decimals.SCALE))
                    .number(Decimals.nearest(side.size[0], side.sizeScale));
        }
    }

    @Override
    public void onBook(String symbol, BookView view, BookFrame book, long receiveNs, long sequence) {
        if (!fullBooks || batch == null || inLake.holds(Table.BOOKS, symbol, book.timeMs, sequence)) {
            return;
        }
        RowBuffer rows = batch.of(Table.BOOKS);
        for (int level = 0; level < book.bids.count; level++) {
            begin(rows, symbol, view, book).text("bid");
            level(book.bids, level, rows);
            rows.whole(receiveNs).whole(sequence).end();
        }
        for (int level = 0; level < book.asks.count; level++) {
            begin(rows, symbol, view, book).text("ask");
            level(book.asks, level, rows);
            rows.whole(receiveNs).whole(sequence).end();
        }
    }

    private static RowBuffer begin(RowBuffer rows, String symbol, BookView view, BookFrame book) {
        return rows.text(symbol).time(book.timeMs).text(view.label());
    }

    private static void level(BookFrame.Levels side, int level, RowBuffer rows) {
        rows.whole(level)
                .number(Decimals.nearest(side.price[level], Decimals.SCALE))
                .number(Decimals.nearest(side.size[level], side.sizeScale))
                .whole(side.orders[level]);
    }

    @Override
    public void onMid(String symbol, long price, long receiveNs, long sequence) {
        if (batch == null) {
            return;
        }
        batch.of(Table.MIDS)
                .text(symbol)
                .timeOfNs(receiveNs)
                .number(Decimals.nearest(price, Decimals.SCALE))
                .whole(receiveNs)
                .whole(sequence)
                .end();
    }

    @Override
    public void onContext(String symbol, AssetContext context, long receiveNs, long sequence) {
        if (batch == null || inLake.holds(Table.ASSET_CONTEXT, symbol, receiveNs / NS_PER_MS, sequence)) {
            return;
        }
        RowBuffer rows = batch.of(Table.ASSET_CONTEXT).text(symbol).timeOfNs(receiveNs);
        for (AssetContext.Field field : AssetContext.Field.values()) {
            value(context.get(field), rows);
        }
        rows.whole(receiveNs).whole(sequence).end();
    }

    private static void value(WideDecimal field, RowBuffer rows) {
        BigDecimal exact = field.decimal();
        if (exact == null) {
            rows.none();
        } else {
            rows.number(exact.doubleValue());
        }
    }

    @Override
    public boolean takesHistory() {
        return batch != null;
    }

    @Override
    public void onHistory(
            String request, byte[] body, Predicate<VenueCandle> repairing, long receiveNs, long sequence) {
        if (batch != null) {
            history.add(request, body, repairing, receiveNs, sequence, batch);
        }
    }

    @Override
    public void onInstrument(Instrument instrument, String formerName, long receiveNs, long sequence) {
        if (batch == null) {
            return;
        }
        RowBuffer rows = batch.of(Table.INSTRUMENTS)
                .text(instrument.name())
                .timeOfNs(receiveNs)
                .whole(instrument.sizeDecimals())
                .flag(instrument.spot())
                .flag(instrument.delisted())
                .whole(receiveNs)
                .whole(sequence)
                .whole(instrument.index())
                .whole(instrument.maxLeverage())
                .flag(instrument.isolatedOnly());
        if (formerName == null) {
            rows.none().end();
        } else {
            rows.text(formerName).end();
        }
    }

    @Override
    public void onUniverse(UniverseDecision decision, long receiveNs, long sequence) {
        if (batch != null) {
            UniverseRows.add(decision, receiveNs, sequence, batch.of(Table.UNIVERSE));
        }
    }

    @Override
    public void onSentiment(SentimentReading reading, long sequence) {
        if (batch == null) {
            return;
        }
        batch.of(Table.FEAR_GREED)
                .time(reading.dayMs())
                .whole(reading.value())
                .text(reading.classification())
                .timeOfNs(reading.usableFromNs())
                .whole(reading.receiveNs())
                .whole(sequence)
                .end();
    }

    @Override
    public boolean takesSentimentHistory() {
        return batch != null;
    }

    @Override
    public void onEmitted(Bar bar, long sequence) {
        if (batch == null) {
            return;
        }
        Table table = bar.timeframe.label().equals(SECOND) ? Table.OHLCV_1S : Table.OHLCV_BARS;
        if (!BarRows.add(bar, sequence, batch.of(table))) {
            refused.increment();
        }
    }

    @Override
    public void onGap(Gap gap, long receiveNs, long sequence) {
        if (batch == null) {
            return;
        }
        batch.of(Table.FEED_GAPS)
                .text(gap.symbol())
                .time(gap.fromMs())
                .time(gap.toMs())
                .text(gap.stream())
                .text(gap.cause())
                .text(gap.evidence().label())
                .flag(gap.repaired())
                .whole(sequence)
                .end();
    }
}
