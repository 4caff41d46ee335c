package dev.millrace.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * From the sender's clock to the end of a message's last callback, in ns. Against the moment it was due nothing is
 * omitted: a message that was written late, because the ones before had filled the socket, counts its wait.
 *
 * @param fromDue since the moment the message was due
 * @param fromWrite since the moment it was written
 * @param toRead from its writing until the client had read it: the socket, the first thread's wake-up, the WebSocket
 *     library; frames of trades
 * @param fromRead from there to the end of its last callback: the client's own; frames of trades
 */
record Latencies(Histogram fromDue, Histogram fromWrite, Histogram toRead, Histogram fromRead) {

    /** The share of a run's messages in which the JVMs warm up; they are left out. */
    static final double WARM_UP = 0.25;

    private static final long MOST_NS = TimeUnit.HOURS.toNanos(1);

    Latencies() {
        this(empty(), empty(), empty(), empty());
    }

    private static Histogram empty() {
        return new Histogram(1, MOST_NS, 3);
    }

    /** Of trades and books; frames of mids have no callback. */
    static Latencies of(Workload workload, int messages, Path folder) throws IOException {
        Stamps due = Stamps.load(folder.resolve(LoadSender.DUE));
        Stamps written = Stamps.load(folder.resolve(LoadSender.WRITTEN));
        Stamps trades = Stamps.load(folder.resolve(Callbacks.TRADES));
        Stamps read = Stamps.load(folder.resolve(Callbacks.TRADES_READ));
        Stamps books = Stamps.load(folder.resolve(Callbacks.BOOKS));
        Latencies latencies = new Latencies();
        int trade = 0;
        int book = 0;
        for (int i = 0; i < messages; i++) {
            boolean called = workload.trades(i) > 0 || workload.isBook(i);
            trade += workload.trades(i);
            book += workload.isBook(i) ? 1 : 0;
            if (called && i >= messages * WARM_UP) {
                long endNs = workload.isBook(i) ? books.get(book - 1) : trades.get(trade - 1);
                latencies.fromDue.recordValue(Math.max(1, endNs - due.get(i)));
                latencies.fromWrite.recordValue(Math.max(1, endNs - written.get(i)));
                if (!workload.isBook(i)) {
                    latencies.toRead.recordValue(Math.max(1, read.get(trade - 1) - written.get(i)));
                    latencies.fromRead.recordValue(Math.max(1, endNs - read.get(trade - 1)));
                }
            }
        }
        return latencies;
    }

    /** Cells of a table: p50, p99, p99.9 and the greatest, in µs. */
    static String cells(Histogram histogram) {
        return String.format(
                Locale.ROOT,
                "%,.0f | %,.0f | %,.0f | %,.0f",
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getValueAtPercentile(99.9) / 1e3,
                histogram.getMaxValue() / 1e3);
    }
}
