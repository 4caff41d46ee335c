package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.metrics.Counters;
import org.junit.jupiter.api.Test;

class RowCollectorTest {

    private final Batch batch = new Batch();

    @Test
    void shouldTakeARowForEachLevelOfABook() {
        collect(true);
        assertEquals(3, batch.of(Table.BOOKS).rows());
    }

    @Test
    void shouldLeaveWholeBooksOutUnlessAsked() {
        collect(false);
        assertEquals(0, batch.rows());
    }

    private void collect(boolean fullBooks) {
        RowCollector rows = new RowCollector(fullBooks, new Counters());
        rows.begin(batch);
        BookFrame book = new BookFrame();
        book.bids.add(200_000_000, 1, 1);
        book.bids.add(100_000_000, 1, 1);
        book.asks.add(300_000_000, 1, 1);
        rows.onBook("BTC", BookView.SLOW, book, 7, 8);
    }
}
