package dev.millrace.freshness;

import dev.millrace.market.BookFrame;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** The best level of both sides, as a book or a bbo last gave it. A side that is empty has size 0. */
final class Top {

    private boolean known;
    private final long[] values = new long[5];

    boolean isKnown() {
        return known;
    }

    void forget() {
        known = false;
    }

    /** Takes the best of a book; whether it differs from the one before. The first one does not. */
    boolean moves(BookFrame book) {
        boolean moved = known && !is(book);
        known = true;
        set(0, book.bids);
        set(2, book.asks);
        values[4] = book.bids.sizeScale;
        return moved;
    }

    boolean is(BookFrame book) {
        return known && side(0, book.bids) && side(2, book.asks) && values[4] == book.bids.sizeScale;
    }

    /** Whether there is nothing on either side, as of a coin that is not listed any more. */
    boolean isEmpty() {
        return known && values[1] == 0 && values[3] == 0;
    }

    private void set(int at, BookFrame.Levels side) {
        values[at] = side.count == 0 ? 0 : side.price[0];
        values[at + 1] = side.count == 0 ? 0 : side.size[0];
    }

    private boolean side(int at, BookFrame.Levels side) {
        return side.count == 0 ? values[at + 1] == 0 : values[at] == side.price[0] && values[at + 1] == side.size[0];
    }

    void writeTo(StateWriter out) {
        out.writeFlag(known);
        out.writeLongs(values, 0, values.length);
    }

    void readFrom(StateReader in) {
        known = in.readFlag();
        in.readLongs(values, 0, values.length);
    }
}
