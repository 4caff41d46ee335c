package dev.millrace.pipeline;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.util.function.Consumer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what the market finds of its streams to the log without making the market thread wait for it. Bounded: a note
 * that finds no room is counted, and {@code /health} shows what it was about.
 */
final class StreamNotes implements Consumer<String> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.freshness");
    private static final int CAPACITY = 1024;

    private final OneToOneConcurrentArrayQueue<String> queue = new OneToOneConcurrentArrayQueue<>(CAPACITY);
    private final Counter dropped;

    StreamNotes(Counters counters) {
        dropped = counters.counter("freshness.notes-unwritten", "Findings that the log had no room for");
    }

    /** Market thread. */
    @Override
    public void accept(String note) {
        if (!queue.offer(note)) {
            dropped.increment();
        }
    }

    /** Writes what came since the last time. One thread, not the market's. */
    void log() {
        for (String note = queue.poll(); note != null; note = queue.poll()) {
            LOG.warn("{}", note);
        }
    }
}
