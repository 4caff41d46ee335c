package dev.millrace.journal;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;

/**
 * Touches the pages ahead of the journaller through Chronicle's own mapping, which its appender shares: the journaller then
 * takes neither the page faults nor the fault of a full disk, and finds the next block mapped. A touch compares and swaps
 * 0 with 0: it changes no byte, whatever the journaller writes meanwhile. Thread {@code md-journal-room}.
 */
final class PageTouch implements AutoCloseable {

    /** More than is written between two runs. */
    private static final long AHEAD_BYTES = 16L << 20;

    private static final int PAGE = 4096;

    private final SingleChronicleQueue queue;
    private final Counter touchedPages;
    private SingleChronicleQueueStore store;
    private MappedBytes bytes;
    private long touched;

    PageTouch(SingleChronicleQueue queue, Counters counters) {
        this.queue = queue;
        touchedPages = counters.counter("journal.touched-pages", "pages touched ahead of the journaller");
    }

    /**
     * Touches what is missing.
     *
     * @throws InternalError when the disk is full
     */
    void run() {
        int cycle = queue.lastCycle();
        if (cycle < 0) {
            return; // nothing was written yet
        }
        if (store == null || store.cycle() != cycle) {
            follow(cycle);
        }
        if (store != null) {
            touch(store.writePosition());
        }
    }

    private void follow(int cycle) {
        close();
        store = queue.storeForCycle(cycle, queue.epoch(), false, null);
        if (store != null) {
            bytes = store.bytes();
            bytes.singleThreadedCheckDisabled(true); // opened by one thread, closed by another after its end
            touched = 0;
        }
    }

    private void touch(long written) {
        long from = Math.max(touched, written / PAGE * PAGE);
        long to = written + AHEAD_BYTES;
        for (long at = from; at < to; at += PAGE) {
            bytes.compareAndSwapInt(at, 0, 0);
            touched = at + PAGE;
            touchedPages.increment();
        }
    }

    @Override
    public void close() {
        if (store != null) {
            bytes.releaseLast();
            queue.closeStore(store);
            store = null;
        }
    }
}
