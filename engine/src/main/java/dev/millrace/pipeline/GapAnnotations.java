package dev.millrace.pipeline;

import dev.millrace.journal.GapRecord;
import dev.millrace.market.Gap;
import dev.millrace.market.GapSink;
import dev.millrace.market.RecordKind;
import dev.millrace.market.RecordLog;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Carries derived gaps from the market thread back to the journaller, which writes them as annotations before its next
 * record. Bounded: one that finds no room is counted, and a replay derives it all the same.
 */
final class GapAnnotations implements GapSink {

    private static final int CAPACITY = 4096;
    private static final long SOURCE = Source.of(Source.ENGINE, 0, 0);

    /** A gap on its way to the journal. */
    private record Pending(Gap gap, long receiveNs) {}

    private final OneToOneConcurrentArrayQueue<Pending> queue = new OneToOneConcurrentArrayQueue<>(CAPACITY);
    private final Counter dropped;

    GapAnnotations(Counters counters) {
        dropped = counters.counter("journal.gaps-unwritten", "Gap annotations that found no room");
    }

    /** Market thread. */
    @Override
    public void onGap(Gap gap, long receiveNs) {
        if (!queue.offer(new Pending(gap, receiveNs))) {
            dropped.increment();
        }
    }

    /** Whether the journaller has taken all of them. Any thread. */
    boolean areWritten() {
        return queue.isEmpty();
    }

    /** Journaller thread. */
    void writeTo(RecordLog journal) {
        for (Pending next = queue.peek(); next != null; next = queue.peek()) {
            byte[] payload = GapRecord.encode(next.gap);
            journal.appendAnnotation(RecordKind.GAP, SOURCE, next.receiveNs, payload, payload.length);
            queue.poll(); // not before: a snapshot that knows of the gap waits until it is journaled
        }
    }
}
