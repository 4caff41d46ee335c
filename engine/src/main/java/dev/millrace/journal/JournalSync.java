package dev.millrace.journal;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes appended records survive a loss of power: every interval it forces the cycle files to disk and only then
 * publishes how far; afterwards it lets go of the memory of what is on disk, and brings the sparse index up. The journaller
 * never waits for it.
 *
 * <p>A force that fails is final. The system may have dropped the pages and reported it once, so a second force that
 * succeeds would promise what is not on disk; the writer refuses further appends instead.
 */
final class JournalSync implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalSync.class);
    private static final long CLOSE_DEADLINE_S = 10;
    /** A file ends behind the block that is mapped ahead of the journaller: so the one being written stays, and one more. */
    private static final int KEPT_BLOCKS = 3;

    private final Path dir;
    private final LongSupplier appended;
    private final SyncedMark mark;
    private final SparseIndexer indexer;
    private final JournalForce files;
    private final PageCache pageCache = new PageCache();
    private final Counter syncedCounter;
    private final Counter indexStops;
    private final AtomicLong synced = new AtomicLong();
    private final ScheduledExecutorService thread;
    private volatile JournalException failure;
    private boolean indexing = true;

    /** Starts the thread; everything that an earlier session left unforced is forced before this returns. */
    JournalSync(
            Path dir,
            Duration interval,
            LongSupplier appended,
            SyncedMark mark,
            SparseIndexer indexer,
            Counters counters) {
        this.dir = dir;
        files = new JournalForce(dir);
        this.appended = appended;
        this.mark = mark;
        this.indexer = indexer;
        syncedCounter = counters.gauge("journal.synced-sequence", "Last sequence that is safe on disk");
        indexStops = counters.counter(
                "journal.index-stops", "times the sparse index gave up, at a damaged record or for its file");
        publishForced(false);
        thread = Executors.newSingleThreadScheduledExecutor(JournalSync::newThread);
        var unused =
                thread.scheduleWithFixedDelay(this::run, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "md-journal-sync");
        thread.setDaemon(true);
        return thread;
    }

    /** The last sequence that is safe on disk. Any thread. */
    long synced() {
        return synced.get();
    }

    /** Null while all is well. Any thread. */
    JournalException failure() {
        return failure;
    }

    private void run() {
        try {
            sync();
        } catch (JournalException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new JournalException("the sync of journal " + dir + " failed: " + e, e);
        }
    }

    /** Forces, publishes, indexes. Any thread; one at a time. */
    synchronized void sync() {
        if (failure != null) {
            throw failure;
        }
        if (appended.getAsLong() > synced.get()) {
            publishForced(false);
        }
        extendIndex();
    }

    /** The last sync: nothing is appended after it. */
    synchronized void finish() throws IOException {
        try (mark;
                indexer) {
            sync();
            publishForced(true);
        }
    }

    private void publishForced(boolean closed) {
        long upTo = appended.getAsLong(); // before the listing, so that the files listed hold all of it
        try {
            force();
            mark.write(upTo, files.newest(), closed);
        } catch (IOException | JournalException e) {
            failure = new JournalException(
                    "cannot force journal " + dir + " to disk: " + e.getMessage() + "; what was appended after record "
                            + synced.get() + " may be lost if power fails",
                    e);
            throw failure;
        }
        synced.set(upTo);
        syncedCounter.set(upTo);
    }

    private void force() throws IOException {
        for (Path file : files.force()) {
            pageCache.release(file, Files.size(file) - KEPT_BLOCKS * RecordLayout.BLOCK_BYTES);
        }
    }

    private void extendIndex() {
        if (!indexing) {
            return;
        }
        try {
            indexer.catchUp();
        } catch (JournalDamagedException | IOException e) { // the index only saves reading: capture goes on
            indexing = false;
            indexStops.increment();
            LOG.warn(
                    "{} ends here; reading by time takes longer until the next start brings it up",
                    dir.resolve(JournalFolder.INDEX_NAME),
                    e);
        }
    }

    /** See {@link SparseIndexer#prune}. Any thread. */
    synchronized void pruneIndex(long firstIndex) throws IOException {
        indexer.prune(firstIndex);
    }

    /** Stops the thread, waiting for a force under way. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_DEADLINE_S, TimeUnit.SECONDS)) {
                throw new JournalException("md-journal-sync still forces " + dir + " after " + CLOSE_DEADLINE_S
                        + " s; the disk does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("interrupted while md-journal-sync of " + dir + " was stopping", e);
        }
    }
}
