package dev.millrace.strategy;

import dev.millrace.market.Bar;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Ladder;
import dev.millrace.market.SentimentReading;
import java.util.function.Consumer;

/** The market as it stands, for a strategy; on the market thread only. Objects are reused: copy what you keep. */
public interface MarketView {

    /** The venue's clock, exchange time in ms; Long.MIN_VALUE before the first message. */
    long venueTimeMs();

    /** Symbols seen so far; ids are 0 to this − 1. */
    int symbolCount();

    /** Wire name of an id. */
    String symbolName(int symbol);

    /** The newest deep book; null while absent. */
    BookFrame slowBook(int symbol);

    /** The newest shallow book; null while absent. */
    BookFrame fastBook(int symbol);

    /** The newest best bid and offer; null while absent. */
    BookFrame bbo(int symbol);

    /** The newest reading of sentiment; null before the first. */
    SentimentReading sentiment();

    /**
     * Fills the caller's ladder with the symbol's three views as one: each level by the newest view that speaks for it, and
     * from which one that is and how old. Empty while every view is absent. Allocates nothing.
     */
    void readBooks(int symbol, Ladder into);

    /** Fills the caller's ladder with one view alone; empty while it is absent. Allocates nothing. */
    void readBook(int symbol, BookView view, Ladder into);

    /** Every open bar, in the order symbol, timeframe, start. */
    void forEachOpenBar(Consumer<Bar> consumer);

    /** The last closed bars still held, at most this many a series. */
    void forEachClosedBar(int perSeries, Consumer<Bar> consumer);
}
