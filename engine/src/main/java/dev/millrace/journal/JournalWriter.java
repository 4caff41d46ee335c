package dev.millrace.journal;

import dev.millrace.config.JournalConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.NanoClock;
import dev.millrace.market.RecordKind;
import dev.millrace.market.RecordLog;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Appends records and numbers them. Appending belongs to one thread, the journaller; it allocates nothing and copies a
 * payload once, into the mapped file. A record is acknowledged when the call returns: from then on it survives the death
 * of the process; it survives a loss of power once {@link #syncedSequence()} has passed it.
 *
 * <p>{@link #open} makes it the only writer of the folder, in whatever process.
 */
public final class JournalWriter implements RecordLog, AutoCloseable {

    private final Path dir;
    private final WriterLock lock;
    private final RollClock rollClock;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final RecordHeader header = new RecordHeader();
    private final AtomicLong published;
    private final IndexPoints indexPoints;
    private final JournalSync sync;
    private final Counter sequenceCounter;
    private final Counter byteCounter;
    private final List<String> damage;
    private long lastSequence;
    private boolean closed;

    /**
     * Opens the journal, creating the folder when it is missing, and goes on after its last record. What is damaged where
     * it must go on is set aside first, see {@link #damage}.
     *
     * @param clock decides the hourly file; see RollClock
     * @throws JournalException when another writer has it, or the folder cannot be written
     * @throws NewerFormatException when a later Millrace wrote it
     */
    public static JournalWriter open(Path dir, JournalConfig config, NanoClock clock, Counters counters) {
        return open(dir, config, clock, counters, BootId.read());
    }

    static JournalWriter open(Path dir, JournalConfig config, NanoClock clock, Counters counters, String bootId) {
        WriterLock lock = WriterLock.acquire(dir);
        RollClock rollClock = new RollClock(clock);
        SingleChronicleQueue queue = null;
        JournalWriter writer = null;
        try {
            CycleRepair.Outcome repaired = CycleRepair.run(dir, bootId);
            queue = JournalFolder.openToWrite(dir, rollClock);
            writer = new JournalWriter(dir, lock, rollClock, queue, config, counters, bootId, repaired);
            return writer;
        } catch (IOException e) {
            throw new JournalException("cannot open journal " + dir + ": " + e.getMessage(), e);
        } finally {
            if (writer == null) {
                Closeable.closeQuietly(queue, lock);
            }
        }
    }

    private JournalWriter(
            Path dir,
            WriterLock lock,
            RollClock rollClock,
            SingleChronicleQueue queue,
            JournalConfig config,
            Counters counters,
            String bootId,
            CycleRepair.Outcome repaired)
            throws IOException {
        this.dir = dir;
        this.lock = lock;
        this.rollClock = rollClock;
        this.queue = queue;
        rollClock.advanceTo(TimeUnit.HOURS.toMillis(firstWritableCycle(dir)));
        rollClock.advance();
        damage = repaired.damage();
        lastSequence = repaired.lastSequence();
        published = new AtomicLong(lastSequence);
        appender = queue.createAppender();
        sequenceCounter = counters.gauge("journal.sequence", "Last sequence appended");
        byteCounter = counters.counter("journal.bytes", "bytes of records appended in this session");
        indexPoints = new IndexPoints(config.indexInterval());
        SparseIndexer indexer = new SparseIndexer(dir, () -> RecordCursor.over(queue), indexPoints);
        SyncedMark mark = SyncedMark.open(dir, bootId);
        sync = new JournalSync(dir, config.syncInterval(), published::getAcquire, mark, indexer, counters);
    }

    /**
     * The newest cycle; the one after it where that takes no more: a death in a roll has ended it, and since then the clock
     * was set back, or it is compressed already, because the folder was put together by hand.
     */
    private static int firstWritableCycle(Path dir) throws IOException {
        var newest = CycleFile.list(dir).lastEntry();
        if (newest == null) {
            return 0;
        }
        CycleFile file = newest.getValue();
        return file.isArchived() || CycleScan.isEnded(file.raw()) ? newest.getKey() + 1 : newest.getKey();
    }

    /**
     * Appends the event and gives it its sequence. Journaller thread.
     *
     * @throws IllegalArgumentException when the payload is longer than {@link EventSink#MAX_PAYLOAD}
     * @throws JournalException when the journal cannot go on; nothing of this record is left in it
     */
    @Override
    public void append(MarketEvent event) {
        event.sequence(append(event.kind().code(), event.source(), event.receiveNs(), event.bytes(), event.length()));
    }

    /** Appends a record that did not come through the ring, a gap for example. Journaller thread; errors as above. */
    @Override
    public void appendAnnotation(RecordKind kind, long source, long receiveNs, byte[] payload, int length) {
        append(kind.code(), source, receiveNs, payload, length);
    }

    private long append(byte kind, long source, long receiveNs, byte[] payload, int length) {
        requireUsable(length);
        long sequence = lastSequence + 1;
        header.encode(kind, sequence, source, receiveNs, payload, length);
        rollClock.advance();
        write(payload, length);
        if (indexPoints.isPoint(sequence)) {
            indexPoints.add(sequence, appender.lastIndexAppended());
        }
        indexPoints.onRecord(receiveNs);
        lastSequence = sequence;
        published.setRelease(sequence);
        sequenceCounter.set(sequence);
        byteCounter.add(RecordLayout.HEADER_BYTES + length);
        return sequence;
    }

    private void requireUsable(int length) {
        if (length > EventSink.MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "payload of " + length + " bytes; a record holds at most " + EventSink.MAX_PAYLOAD);
        }
        JournalException failure = sync.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private void write(byte[] payload, int length) {
        DocumentContext document = appender.writingDocument();
        boolean whole = false;
        try {
            Bytes<?> bytes = document.wire().bytes();
            bytes.write(header.bytes());
            bytes.write(payload, 0, length);
            whole = true;
        } finally {
            if (!whole) {
                document.rollbackOnClose(); // without it Chronicle commits the part that was written
            }
            document.close();
        }
    }

    /** The last sequence appended, 0 for none. Any thread. */
    public long lastSequence() {
        return published.getAcquire();
    }

    /** Bytes of records appended since the journal was opened. Any thread. */
    long writtenBytes() {
        return byteCounter.get();
    }

    /** What makes pages ready ahead of the appends; see {@link JournalRoom}. */
    PageTouch pageTouch(Counters counters) {
        return new PageTouch(queue, counters);
    }

    /** The first record that is still there; 0 when there is none. Opens the oldest file: not for the hot path. */
    public long firstSequence() {
        try (RecordCursor cursor = RecordCursor.open(dir)) {
            return cursor.firstSequence();
        }
    }

    /** What was set aside when the journal was opened, a sentence each; empty when all was sound. */
    public List<String> damage() {
        return damage;
    }

    /** The last sequence that is safe on disk: what a loss of power cannot take. Any thread. */
    public long syncedSequence() {
        return sync.synced();
    }

    /**
     * Forces everything appended so far to disk. Any thread.
     *
     * @throws JournalException when the disk refuses; the journal then takes no further records
     */
    public void sync() {
        sync.sync();
    }

    Path dir() {
        return dir;
    }

    /**
     * To be told after cycles were deleted or compressed: brings Chronicle's listing of the folder and the sparse index up.
     * Any thread, before {@link #close}.
     *
     * @param firstCycle the first that is left
     */
    void onCyclesRemoved(int firstCycle) throws IOException {
        queue.refreshDirectoryListing();
        sync.pruneIndex(JournalFolder.ROLL.toIndex(firstCycle, 0));
    }

    /** Stops {@code md-journal-sync}, syncs once more and lets go of the folder. Journaller thread, or after its end. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock;
                queue;
                sync) {
            sync.close();
            sync.finish();
        } catch (IOException e) {
            throw new JournalException("cannot close journal " + dir + ": " + e.getMessage(), e);
        }
    }
}
