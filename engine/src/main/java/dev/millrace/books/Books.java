package dev.millrace.books;

import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Ladder;
import dev.millrace.market.StateException;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * The newest book of each view and symbol. A book older than the one held is refused, and so is one of the same time from
 * another connection: that is a copy. After a connection is lost its books are absent until their next frame, unless
 * another connection brings them too. Allocates on the first book of a symbol only. Market thread.
 */
public final class Books implements StatePart {

    private static final BookView[] ALL_VIEWS = BookView.values();
    private static final int VIEWS = ALL_VIEWS.length;
    private static final int END = -1;
    private static final int NO_CONNECTION = 0;

    private Held[] held = new Held[64 * VIEWS];

    /** What became of a frame. */
    public enum Verdict {
        /** It is the book now. */
        NEWEST,
        /** Another connection brought it before. */
        COPY,
        /** Older than the book held. */
        OLDER
    }

    /** Takes a valid frame; nothing changes unless it is the newest. */
    public Verdict apply(BookView view, BookFrame frame, int connection, long receiveNs) {
        Held book = held(view, frame.symbol);
        if (book.present && frame.timeMs <= book.frame.timeMs) {
            boolean isSame = frame.timeMs == book.frame.timeMs;
            if (book.connection != connection) {
                book.other = connection;
                return isSame ? Verdict.COPY : Verdict.OLDER;
            }
            if (!isSame) {
                return Verdict.OLDER;
            }
        }
        book.frame.set(frame);
        book.other = book.present && book.connection != connection ? book.connection : book.other;
        book.connection = connection;
        book.receiveNs = receiveNs;
        book.present = true;
        return Verdict.NEWEST;
    }

    /** The connection that brought the book held first. */
    public int connection(BookView view, int symbol) {
        return held(view, symbol).connection;
    }

    /** When the book held came first, ns since 1970; 0 when that was before a snapshot was taken up. */
    public long receiveNs(BookView view, int symbol) {
        return held(view, symbol).receiveNs;
    }

    /** The newest book, valid until the next frame; null while absent. */
    public BookFrame get(BookView view, int symbol) {
        int at = symbol * VIEWS + view.ordinal();
        Held book = at < held.length ? held[at] : null;
        return book != null && book.present ? book.frame : null;
    }

    /** All views of a symbol as one, newest first, see {@link Ladder}. */
    public void read(int symbol, long clockMs, Ladder into) {
        into.begin(nowMs(symbol, clockMs));
        int taken = 0;
        for (int i = 0; i < VIEWS; i++) {
            int next = newest(symbol, taken);
            if (next == END) {
                return;
            }
            into.add(ALL_VIEWS[next], get(ALL_VIEWS[next], symbol));
            taken |= 1 << next;
        }
    }

    /** One view of a symbol. */
    public void read(BookView view, int symbol, long clockMs, Ladder into) {
        into.begin(nowMs(symbol, clockMs));
        BookFrame frame = get(view, symbol);
        if (frame != null) {
            into.add(view, frame);
        }
    }

    /** The clock moves only after the frame that moves it has been told. */
    private long nowMs(int symbol, long clockMs) {
        int newest = newest(symbol, 0);
        return newest == END ? clockMs : Math.max(clockMs, get(ALL_VIEWS[newest], symbol).timeMs);
    }

    /** The newest view present and not yet taken, of equal ones the deepest; END when there is none. */
    private int newest(int symbol, int taken) {
        int newest = END;
        long newestMs = Long.MIN_VALUE;
        for (int view = 0; view < VIEWS; view++) {
            BookFrame frame = get(ALL_VIEWS[view], symbol);
            if ((taken & (1 << view)) == 0 && frame != null && frame.timeMs > newestMs) {
                newest = view;
                newestMs = frame.timeMs;
            }
        }
        return newest;
    }

    /** Forgets what this connection delivered. */
    public void onLost(int connection) {
        for (Held book : held) {
            if (book != null) {
                book.lose(connection);
            }
        }
    }

    /** Forgets one book, if this connection delivered it. */
    public void lose(BookView view, int symbol, int connection) {
        held(view, symbol).lose(connection);
    }

    /** A new session: every book is absent. */
    public void onSession() {
        for (Held book : held) {
            if (book != null) {
                book.present = false;
                book.other = NO_CONNECTION;
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
                out.writeInt(book.other);
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
            int other = in.readInt();
            frame.readFrom(in);
            in.checkId(frame.symbol);
            if (view < 0 || view >= VIEWS || get(ALL_VIEWS[view], frame.symbol) != null) {
                throw new StateException("symbol " + frame.symbol + " has two books of view " + view);
            }
            apply(ALL_VIEWS[view], frame, connection, 0);
            held(ALL_VIEWS[view], frame.symbol).other = other;
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
        /** Another connection that brings this book too. */
        int other;

        long receiveNs;
        boolean present;

        void lose(int lost) {
            if (connection == lost) {
                connection = other;
                present &= other != NO_CONNECTION;
            }
            if (connection == other || other == lost) {
                other = NO_CONNECTION;
            }
        }
    }
}
