package dev.millrace.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** A latency in nanoseconds, written by one thread without waiting, read by any. Values above an hour count as one. */
public final class LatencyHistogram {

    private static final long MAX_NS = TimeUnit.HOURS.toNanos(1);

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, MAX_NS, 3);
    private final Histogram total = new Histogram(1, MAX_NS, 3);
    private Histogram interval;

    /** Writer thread only. */
    public void record(long nanos) {
        recorder.recordValue(Math.max(1, Math.min(nanos, MAX_NS)));
    }

    /** A copy of everything recorded so far. */
    public synchronized Histogram snapshot() {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
        return total.copy();
    }
}
