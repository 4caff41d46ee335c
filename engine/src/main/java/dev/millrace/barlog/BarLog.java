package dev.millrace.barlog;

import dev.millrace.market.Bar;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Keeps every bar that leaves the market. The market thread encodes it into a ring, {@code md-bar-log} writes it; so what
 * stands in the files is a moment behind, and after a crash recovery makes the missing bars again.
 *
 * <p>Between {@link #open} and {@link #start} the journal is being recovered: bars that stand in the log are compared with
 * what recovery makes, none is written twice. A log that fails, for want of room for example, does not stop capture: it is
 * reported, nothing more is kept, and {@link #sync} fails, so that no snapshot claims bars that are not there.
 */
public final class BarLog implements EmittedBarSink, AutoCloseable {

    /** Some 25,000 bars: more than close at once at midnight. */
    private static final int RING_BYTES = 4 * 1024 * 1024;

    private static final int IDLE_MS = 5;
    private static final long PAUSE_NS = 100_000;
    private static final long SYNC_DEADLINE_NS = Duration.ofSeconds(20).toNanos();

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH)));
    private final BarLogWriter writer;
    private final Counter waits;
    private final Counter lost;
    /** By symbol id. Written by the market thread before the bar that uses it enters the ring. */
    private volatile String[] names = new String[64];

    private AgentRunner runner;

    private BarLog(Path dir, Duration revisionWindow, Counters counters, ErrorLog errors) {
        writer = new BarLogWriter(dir, revisionWindow.toMillis(), ring, id -> names[id], counters, errors);
        waits = counters.counter("barlog.waits", "Times the market thread waited for the bar log");
        lost = counters.counter("barlog.lost", "Bars not kept because the bar log had failed");
    }

    /**
     * Opens the log for recovery, on the recovering thread.
     *
     * @param revisionWindow a day is sealed when bars have ended this long after it
     * @throws BarLogException when the folder cannot be used
     */
    public static BarLog open(Path dir, Duration revisionWindow, Counters counters, ErrorLog errors) {
        BarLog log = new BarLog(dir, revisionWindow, counters, errors);
        log.writer.findUnsealed();
        return log;
    }

    /** Recovery begins behind this record: bars made up to it will not come again. 0, the journal's start, if not called. */
    public void resumeAfter(long sequence) {
        writer.resumeAfter(sequence);
    }

    /** Recovery is over: what it did not make again is taken out and reported; from now on a thread of its own writes. */
    public void start() {
        writer.endRecovery();
        runner = new AgentRunner(new SleepingMillisIdleStrategy(IDLE_MS), writer::onFailure, null, writer);
        AgentRunner.startOnThread(runner, work -> {
            Thread thread = new Thread(work, "md-bar-log");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void onEmitted(Bar bar, long sequence) {
        if (writer.failure() != null) {
            lost.increment();
            return;
        }
        name(bar);
        int at = ring.tryClaim(BarRecord.BAR, BarRecord.BYTES);
        while (at < 0 && writer.failure() == null) {
            makeRoom();
            at = ring.tryClaim(BarRecord.BAR, BarRecord.BYTES);
        }
        if (at >= 0) {
            BarRecord.encode(bar, sequence, ring.buffer(), at);
            ring.commit(at);
        }
    }

    private void name(Bar bar) {
        String[] known = names;
        if (bar.symbol >= known.length) {
            known = Arrays.copyOf(known, Math.max(bar.symbol + 1, known.length * 2));
            names = known;
        }
        known[bar.symbol] = bar.symbolName;
    }

    /** In recovery there is no other thread yet: the ring is emptied here. */
    private void makeRoom() {
        if (runner == null) {
            writer.doWork();
        } else {
            waits.increment();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /**
     * Waits until every bar that has left so far is safe on disk. Not for the market thread.
     *
     * @throws BarLogException when the log has failed, or does not get done
     */
    public void sync() {
        long position = ring.producerPosition();
        writer.requestSync(position);
        long deadlineNs = System.nanoTime() + SYNC_DEADLINE_NS;
        requireSound();
        while (writer.syncedPosition() < position) {
            if (System.nanoTime() - deadlineNs >= 0) {
                throw new BarLogException("the bar log is not on disk after "
                        + Duration.ofNanos(SYNC_DEADLINE_NS).toSeconds() + " s; the disk does not answer");
            }
            LockSupport.parkNanos(PAUSE_NS);
            requireSound();
        }
    }

    /**
     * The journal was cut and begins with this record now: sealed days all of whose bars older records made are deleted by
     * {@code md-bar-log}. Any thread.
     */
    public void journalBeginsAt(long sequence) {
        writer.journalBeginsAt(sequence);
    }

    private void requireSound() {
        Throwable failure = writer.failure();
        if (failure != null) {
            throw new BarLogException("the bar log failed: " + failure.getMessage(), failure);
        }
    }

    /** Writes what is left and closes the files. The market must not emit any more. */
    @Override
    public void close() {
        if (runner == null) {
            writer.onClose();
        } else {
            runner.close();
        }
    }
}
