package dev.millrace.pipeline;

import dev.millrace.bars.BarAggregator;
import dev.millrace.books.Books;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.strategy.StrategyHost;

/** Takes the books of a frame: which are newer than those held, what their middle is, whom they are told. Market thread. */
final class BookStage {

    private final SymbolTable symbols;
    private final Books books;
    private final BookCoverage coverage;
    private final BarAggregator bars;
    private final StrategyHost strategies;
    private final TickSink ticks;
    private final Arrivals arrivals;
    private final Counter older;
    private final Counter copies;
    private boolean midBars;

    BookStage(
            SymbolTable symbols,
            Books books,
            BookCoverage coverage,
            BarAggregator bars,
            StrategyHost strategies,
            TickSink ticks,
            Arrivals arrivals,
            Counters counters) {
        this.symbols = symbols;
        this.books = books;
        this.coverage = coverage;
        this.bars = bars;
        this.strategies = strategies;
        this.ticks = ticks;
        this.arrivals = arrivals;
        copies = counters.counter("books.copies", "Books that another connection had brought before, discarded");
        older = counters.counter("books.older", "Books older than the one held, discarded");
    }

    /** @param makeMidBars whether bars are made of the middle of books */
    void configure(boolean makeMidBars) {
        midBars = makeMidBars;
    }

    /** @param sequence of the record that is being applied; the event is that of the book, and may have come before it */
    void apply(BookFrame book, BookView view, MarketEvent event, long sequence, long clockMs) {
        if (!book.valid) {
            return;
        }
        int connection = Source.connection(event.source());
        BookFrame before = books.get(view, book.symbol);
        boolean newTop = before == null || !before.hasTopOf(book); // the frame held is overwritten next
        switch (books.apply(view, book, connection, event.receiveNs())) {
            case NEWEST -> {}
            case COPY -> {
                onCopy(book, view, event, connection);
                return;
            }
            case OLDER -> {
                older.increment();
                return;
            }
        }
        if (midBars && book.bids.count > 0 && book.asks.count > 0) {
            long mid = BookFrame.middle(book.bids.price[0], book.asks.price[0]);
            bars.onMid(book.symbol, book.timeMs, mid, clockMs);
        }
        coverage.onBook(book, connection, event.receiveNs());
        if (newTop) {
            ticks.onTopOfBook(symbols.name(book.symbol), view, book, event.receiveNs(), sequence);
        }
        if (view == BookView.BBO) {
            strategies.onBbo(book);
        } else {
            ticks.onBook(symbols.name(book.symbol), view, book, event.receiveNs(), sequence);
            strategies.onBook(book);
        }
    }

    /** It proves what the first did: this connection carries the stream too. */
    private void onCopy(BookFrame book, BookView view, MarketEvent event, int connection) {
        copies.increment();
        coverage.onBook(book, connection, event.receiveNs());
        long firstNs = books.receiveNs(view, book.symbol);
        if (firstNs != 0) {
            arrivals.of(view).onBoth(books.connection(view, book.symbol), firstNs, connection, event.receiveNs());
        }
    }
}
