package dev.millrace.pipeline;

import dev.millrace.bars.BarAggregator;
import dev.millrace.books.Books;
import dev.millrace.freshness.Freshness;
import dev.millrace.market.Basis;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Channel;
import dev.millrace.order.Absences;
import dev.millrace.order.BookStreams;
import dev.millrace.order.Coverage;
import dev.millrace.order.VenueClock;

/**
 * In which stretches a coin's books are whole. Mid bars are made of every view that is subscribed: while one of them is mute
 * or cannot be decoded, a connection proves nothing of the coin, whatever its other views give. Market thread.
 */
final class BookCoverage {

    private final VenueClock clock;
    private final BookStreams streams;
    private final Freshness freshness;
    private final Absences absences;
    private final BarAggregator bars;
    private final Books books;

    BookCoverage(
            VenueClock clock,
            Coverage coverage,
            Freshness freshness,
            Absences absences,
            BarAggregator bars,
            Books books) {
        this.clock = clock;
        streams = coverage.books();
        this.freshness = freshness;
        this.absences = absences;
        this.bars = bars;
        this.books = books;
    }

    /** A book came that is not older than the one held. */
    void onBook(BookFrame book, int connection, long receiveNs) {
        if (!freshness.givesBooks(book.symbol, connection)) {
            return;
        }
        long brokenMs = streams.brokenMs(book.symbol);
        streams.onBook(book.symbol, connection, receiveNs, book.timeMs, bars.provableFrom(book.symbol, Basis.MID));
        if (brokenMs < book.timeMs) {
            absences.onBooksBack(book.symbol, book.timeMs);
        }
    }

    /** A view is mute, and still is each time that it is told: nothing after its last book is proven. */
    void onMute(int symbol, BookView view, int connection, long receiveNs) {
        breakOff(symbol, view, connection);
        if (isMissing(symbol)) {
            absences.onMute(symbol, channel(view), missingFromMs(symbol), clock.nowMs() + 1, receiveNs);
        }
    }

    /** A view cannot be decoded, and still cannot each time that it is told: the book held of it is absent from now on. */
    void onGated(int symbol, BookView view, int connection, long receiveNs) {
        breakOff(symbol, view, connection);
        books.lose(view, symbol, connection);
        if (isMissing(symbol)) {
            absences.onUndecodable(symbol, channel(view), missingFromMs(symbol), clock.nowMs() + 1, receiveNs);
        }
    }

    private void breakOff(int symbol, BookView view, int connection) {
        BookFrame last = books.get(view, symbol);
        streams.onAbsent(symbol, connection, last == null ? Long.MIN_VALUE : last.timeMs);
    }

    /** Not while another connection gives the coin's books. */
    private boolean isMissing(int symbol) {
        return clock.nowMs() != VenueClock.UNSET && !streams.areLive(symbol);
    }

    private long missingFromMs(int symbol) {
        return Math.min(streams.brokenMs(symbol), clock.nowMs());
    }

    private static Channel channel(BookView view) {
        return view == BookView.BBO ? Channel.BBO : Channel.L2_BOOK;
    }
}
