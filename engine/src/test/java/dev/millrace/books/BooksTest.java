package dev.millrace.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.millrace.books.Books.Verdict;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import org.junit.jupiter.api.Test;

class BooksTest {

    private final Books books = new Books();

    @Test
    void shouldTakeTheFirstArrivalAndKnowTheOthersForCopies() {
        assertEquals(Verdict.NEWEST, apply(1, 100));
        assertEquals(Verdict.COPY, apply(2, 100));
        assertEquals(Verdict.NEWEST, apply(2, 105));
        assertEquals(Verdict.COPY, apply(1, 105));
        assertEquals(Verdict.OLDER, apply(1, 104));
        assertEquals(2, books.connection(BookView.BBO, 0));
        assertEquals(105_000, books.receiveNs(BookView.BBO, 0));
    }

    @Test
    void shouldTakeARepeatedTimeOfOneConnectionForNews() {
        assertEquals(Verdict.NEWEST, apply(1, 100));
        assertEquals(Verdict.NEWEST, apply(1, 100));
    }

    @Test
    void shouldKeepABookThatAnotherConnectionBringsToo() {
        apply(1, 100);
        apply(2, 100);
        books.onLost(1);
        assertNotNull(books.get(BookView.BBO, 0));
        books.onLost(2);
        assertNull(books.get(BookView.BBO, 0));
        apply(3, 90);
        assertNotNull(books.get(BookView.BBO, 0), "nothing is held that it could be older than");
        apply(4, 95);
        books.onLost(3);
        books.onLost(4);
        assertNull(books.get(BookView.BBO, 0));
    }

    private Verdict apply(int connection, long timeMs) {
        BookFrame frame = new BookFrame();
        frame.symbol = 0;
        frame.timeMs = timeMs;
        frame.valid = true;
        return books.apply(BookView.BBO, frame, connection, timeMs * 1_000);
    }
}
