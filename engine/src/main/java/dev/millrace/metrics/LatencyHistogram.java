package dev.millrace.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * A latency in nanoseconds, written by one thread without waiting, read by any. Values above an hour count as one. It takes
 * its half megabyte with the first value: a market of a replay or a store has histograms that nobody ever writes.
 */
public final class LatencyHistogram {

    private static final long MAX_NS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    /** Null before the first value. */
    private volatile SingleWriterRecorder recorder;

    private Histogram total;
    private Histogram interval;

    /** Writer thread only. */
    public void record(long nanos) {
        SingleWriterRecorder to = recorder;
        if (to == null) {
            to = new SingleWriterRecorder(1, MAX_NS, DIGITS);
            recorder = to;
        }
        to.recordValue(Math.max(1, Math.min(nanos, MAX_NS)));
    }

    /** A copy of everything recorded so far. */
    public synchronized Histogram snapshot() {
        SingleWriterRecorder from = recorder;
        if (from == null) {
            return new Histogram(1, MAX_NS, DIGITS);
        }
        if (total == null) {
            total = new Histogram(1, MAX_NS, DIGITS);
        }
        interval = from.getIntervalHistogram(interval);
        total.add(interval);
        return total.copy();
    }
}
