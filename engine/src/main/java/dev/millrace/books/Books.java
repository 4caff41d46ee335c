package dev.millrace.books;

import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.StateException;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * The newest book of each view and symbol. A book older than the one held is refused; after a connection is lost its
 * books are absent until their next frame. Allocates on the first book of a symbol only. Market thread.
 */
public final class Books implements StatePart {

    private static final BookView[] ALL_VIEWS = BookView.values();
    private static final int VIEWS = ALL_VIEWS.length;
    private static final int END = -1;

    private Held[] held = new Held[64 * VIEWS];

    /**
     * Takes a valid frame.
     *
     * @return false when it is older than the book held: nothing changed
     */
    public boolean apply(BookView view, BookFrame frame, int connection) {
        Held book = held(view, frame.symbol);
        if (book.present && frame.timeMs < book.frame.timeMs) {
            return false;
        }
        book.frame.set(frame);
        book.connection = connection;
        book.present = true;
        return true;
    }

    /** The newest book, valid until the next frame; null while absent. */
    public BookFrame get(BookView view, int symbol) {
        int at = symbol * VIEWS + view.ordinal();
        Held book = at < held.length ? held[at] : null;
        return book != null && book.present ? book.frame : null;
    }

    /** Forgets what this connection delivered. */
    public void onLost(int connection) {
        for (Held book : held) {
            if (book != null && book.connection == connection) {
                book.present = false;
            }
        }
    }

    /** A new session: every book is absent. */
    public void onSession() {
        for (Held book : held) {
            if (book != null) {
                book.present = false;
            }
        }
    }

    @Override
    public String stateTag() {
        return "BOOK";
    }

    /** Those that are present, by symbol id and view. */
    @Override
    public void writeTo(StateWriter out) {
        for (int at = 0; at < held.length; at++) {
            Held book = held[at];
            if (book != null && book.present) {
                out.writeInt(at % VIEWS);
                out.writeInt(book.connection);
                book.frame.writeTo(out);
            }
        }
        out.writeInt(END);
    }

    @Override
    public void readFrom(StateReader in) {
        BookFrame frame = new BookFrame();
        for (int view = in.readInt(); view != END; view = in.readInt()) {
            int connection = in.readInt();
            frame.readFrom(in);
            in.checkId(frame.symbol);
            if (view < 0 || view >= VIEWS || !apply(ALL_VIEWS[view], frame, connection)) {
                throw new StateException("symbol " + frame.symbol + " has two books of view " + view);
            }
        }
    }

    private Held held(BookView view, int symbol) {
        int at = symbol * VIEWS + view.ordinal();
        if (at >= held.length) {
            held = Arrays.copyOf(held, Math.max(at + 1, held.length * 2));
        }
        if (held[at] == null) {
            held[at] = new Held();
        }
        return held[at];
    }

    private static final class Held {
        final BookFrame frame = new BookFrame();
        int connection;
        boolean present;
    }
}
