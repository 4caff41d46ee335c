package dev.millrace.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a client's callbacks have had: the same count, and on request the same clock reading, in every client. The
 * client's thread writes; the main thread waits for the last callback.
 */
final class Callbacks {

    static final String TRADES = "trades";
    /** When the frames of the trades were read. */
    static final String TRADES_READ = "trades-read";

    static final String BOOKS = "books";

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(180);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ClientArguments expected;
    private final Stamps tradeStamps;
    private final Stamps readStamps;
    private final Stamps bookStamps;
    private int trades;
    private int books;
    private int bars;
    private long cpuBeforeNs;
    private volatile long completeNs;

    Callbacks(ClientArguments expected) {
        this.expected = expected;
        tradeStamps = new Stamps(expected.stamped() ? expected.trades() : 0);
        readStamps = new Stamps(tradeStamps.capacity());
        bookStamps = new Stamps(expected.stamped() ? expected.books() : 0);
    }

    /** @param readNs by {@link System#nanoTime}, when the client had read the trade's frame */
    void onTrade(long readNs) {
        trades++;
        if (readStamps.capacity() > 0) {
            readStamps.add(readNs);
        }
        onCallback(tradeStamps);
    }

    void onBook() {
        books++;
        onCallback(bookStamps);
    }

    void onBar() {
        bars++;
    }

    private void onCallback(Stamps stamps) {
        if (stamps.capacity() > 0) {
            stamps.add(System.nanoTime());
        }
        int all = trades + books;
        if (all == 1) {
            cpuBeforeNs = Outcome.processCpuNs();
        }
        if (all == expected.trades() + expected.books()) {
            completeNs = System.nanoTime();
        }
    }

    /** Waits for the last callback, then prints the outcome and saves the moments. */
    void report() throws IOException {
        long limitNs = System.nanoTime() + LIMIT_NS;
        while (completeNs == 0 && System.nanoTime() < limitNs) {
            LockSupport.parkNanos(POLL_NS);
        }
        if (completeNs == 0) {
            throw new IllegalStateException("had " + trades + " trades and " + books + " books of " + expected.trades()
                    + " and " + expected.books());
        }
        Outcome.print(completeNs, cpuBeforeNs, bars);
        if (expected.stamped()) {
            tradeStamps.save(expected.folder().resolve(TRADES));
            readStamps.save(expected.folder().resolve(TRADES_READ));
            bookStamps.save(expected.folder().resolve(BOOKS));
        }
    }
}
