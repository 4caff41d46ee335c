package dev.millrace.benchmarks.store;

import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Samples;
import dev.millrace.store.Flusher;
import dev.millrace.store.RowCollector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Small commits, ten a second: what each takes from being handed over, before and while something else goes on. */
final class Commits {

    private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Samples before = new Samples();
    private final Samples during = new Samples();
    private volatile Samples current = before;
    private volatile long handedOverNs;
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean ended;
    private double seconds;

    /** Makes them until {@link #end}; each is waited for. */
    void make(Flusher flusher, RowCollector rows, long after) {
        for (long sequence = after + 1; !ended; sequence++) {
            long nextNs = System.nanoTime() + PACE_NS;
            rows.onMid("C0", 100_000_000L, sequence, sequence);
            int soFar = made.get();
            handedOverNs = System.nanoTime();
            flusher.onRecord(sequence, sequence, handedOverNs);
            while (made.get() == soFar && !ended) {
                LockSupport.parkNanos(PACE_NS / 100);
            }
            LockSupport.parkNanos(nextNs - System.nanoTime());
        }
    }

    /** Thread {@code md-store-flush}. */
    void onCommitted(long sequence) {
        current.addMsSince(handedOverNs);
        made.incrementAndGet();
    }

    void await(int commits) {
        while (made.get() < commits) {
            LockSupport.parkNanos(PACE_NS);
        }
    }

    void during() {
        current = during;
    }

    /** How long it went on. */
    void seconds(double took) {
        seconds = took;
    }

    void end() {
        ended = true;
    }

    void print(Markdown page) {
        page.heading("## Laying the rows down in order");
        page.line("It took %.1f s. A small commit took, in ms:", seconds);
        page.table(List.of("when", "commits", "median", "p99", "max"));
        page.row("before | " + before.count() + " | " + before.cells());
        page.row("meanwhile | " + during.count() + " | " + during.cells());
    }
}
