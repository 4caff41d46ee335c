package dev.millrace.state;

import dev.millrace.config.SnapshotConfig;
import dev.millrace.market.StateSource;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes copies of the market's state and writes them. The market thread copies, between two records, into the one spare
 * buffer; {@code md-snapshot} writes it while the market goes on. A copy that is due while the buffer is still being
 * written is skipped and counted. The copy allocates nothing once the buffer has grown.
 *
 * <p>A file gets its lasting name only when the journal is synced past it, so that after a power loss no snapshot knows
 * more than the journal. What fails here is recorded and costs a longer start, never the capture.
 *
 * <p>Ordering: whoever reads {@code full} as true owns the buffer: {@code md-snapshot}; as false: the market thread.
 */
public final class Snapshots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long CLOSE_DEADLINE_MS = 10_000;

    private final SnapshotFolder folder;
    private final SnapshotConfig config;
    private final JournalView journal;
    private final ErrorLog errors;
    private final Counter written;
    private final Counter skipped;
    private final Counter failed;
    private final Counter newest;
    private final StateWriter spare = new StateWriter();
    private final Thread thread = new Thread(this::run, "md-snapshot");
    private final long intervalNs;
    private long sequence;
    private long receiveNs;
    private volatile boolean full;
    private volatile boolean closed;
    private boolean started;
    private long lastNs;
    private long baseHour = Long.MIN_VALUE;

    private Snapshots(
            SnapshotFolder folder, SnapshotConfig config, JournalView journal, Counters counters, ErrorLog errors) {
        this.folder = folder;
        this.config = config;
        this.journal = journal;
        this.errors = errors;
        intervalNs = config.interval().toNanos();
        written = counters.counter("snapshot.written", "Snapshots of the market's state written");
        skipped = counters.counter("snapshot.skipped", "Snapshots left out because the one before was still written");
        failed = counters.counter("snapshot.failed", "Snapshots that could not be written");
        newest = counters.gauge("snapshot.sequence", "Sequence of the newest snapshot of this session");
    }

    /**
     * Starts the thread.
     *
     * @param journal what the snapshots are of
     */
    public static Snapshots launch(
            SnapshotFolder folder, SnapshotConfig config, JournalView journal, Counters counters, ErrorLog errors) {
        Snapshots snapshots = new Snapshots(folder, config, journal, counters, errors);
        snapshots.thread.setDaemon(true);
        snapshots.thread.start();
        return snapshots;
    }

    /** Receive time between two snapshots. */
    public Duration interval() {
        return config.interval();
    }

    /** Called between two records, the last one a clock record. Market thread. */
    public void onClock(StateSource market) {
        long nowNs = market.receiveNs();
        if (!started) {
            started = true;
            lastNs = nowNs;
        }
        if (Math.abs(nowNs - lastNs) < intervalNs) {
            return;
        }
        lastNs = nowNs;
        if (full) {
            skipped.increment();
        } else {
            copy(market);
            full = true;
            LockSupport.unpark(thread);
        }
    }

    /** Writes a last snapshot on the calling thread, once the market has come to rest. */
    public void stop(StateSource market) {
        close();
        copy(market);
        write();
    }

    private void copy(StateSource market) {
        spare.clear();
        market.writeTo(spare);
        sequence = market.sequence();
        receiveNs = market.receiveNs();
    }

    private void run() {
        prepare();
        while (true) {
            if (full) {
                write();
                full = false;
            } else if (closed) {
                return;
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void prepare() {
        try {
            folder.prepare();
        } catch (IOException e) {
            fail("cannot prepare the folder of snapshots: " + e, e);
        }
    }

    private void write() {
        try {
            folder.write(sequence, receiveNs, spare, journal::sync);
            written.increment();
            newest.set(sequence);
            keepBase();
            journal.passed(folder.prune(sequence, config.keep(), journal.firstSequence()));
        } catch (IOException | RuntimeException e) {
            fail("no snapshot at record " + sequence + ": " + e, e);
        }
    }

    private void keepBase() throws IOException {
        long hour = Math.floorDiv(receiveNs, HOUR_NS);
        if (hour != baseHour) {
            folder.keepBase(sequence, hour * HOUR_NS, journal.firstSequence());
            baseHour = hour;
        }
    }

    private void fail(String what, Exception e) {
        failed.increment();
        errors.record("snapshot", e);
        LOG.warn("{}; the next start replays more of the journal", what);
    }

    /** Lets the write under way finish and ends the thread. Closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_DEADLINE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while md-snapshot was stopping", e);
        }
        if (thread.isAlive()) {
            throw new IllegalStateException(
                    "md-snapshot still writes after " + CLOSE_DEADLINE_MS + " ms; the disk does not answer");
        }
    }
}
