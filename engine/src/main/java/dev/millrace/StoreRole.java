package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import dev.millrace.journal.Readers;
import dev.millrace.market.StateException;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Tail;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.store.Database;
import dev.millrace.store.DatabaseDamagedException;
import dev.millrace.store.Flusher;
import dev.millrace.store.LakeThread;
import dev.millrace.store.Position;
import dev.millrace.store.Reading;
import dev.millrace.store.RowCollector;
import dev.millrace.store.SetAside;
import dev.millrace.store.StoreException;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role {@code store}, on the thread {@code md-store}: a market behind the journal gives rows, which are committed
 * together with the position that they reach to. Whatever fails is told, counted, and begun anew from the committed
 * position after a pause; capture goes on meanwhile and the journal keeps what the tables lack.
 */
final class StoreRole implements AutoCloseable {

    /** Reader of the journal: what neither tables nor lake could give again is not deleted. */
    private static final String READER = "store";

    private static final Logger LOG = LoggerFactory.getLogger(StoreRole.class);
    private static final long POLL_MS = 10;
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 60_000;
    private static final long READER_INTERVAL_NS = Duration.ofSeconds(10).toNanos();

    private final EngineConfig config;
    private final Runnable syncJournal;
    private final Counters counters;
    private final ErrorLog errors;
    private final SnapshotFolder snapshots;
    private final Readers readers;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "md-store");
    private long readerToldNs;
    private long passed;
    private long end = -1;
    private volatile long drainUntilNs;
    private volatile long venueMs = Long.MIN_VALUE;
    private volatile LakeThread lake;
    private volatile Reading reading;
    private volatile String problem = "";

    private StoreRole(EngineConfig config, Runnable syncJournal, Counters counters, ErrorLog errors) {
        this.config = config;
        this.syncJournal = syncJournal;
        this.counters = counters;
        this.errors = errors;
        snapshots = new SnapshotFolder(
                config.data().state(), Role.CAPTURE.label(), EngineVersion.text(), Market.SEMANTICS_VERSION);
        readers = Readers.of(config.data().journal());
        thread.setDaemon(true);
    }

    /**
     * Starts it; where there is no journal yet it waits for one.
     *
     * @param syncJournal returns when all records that can be read are safe on disk
     */
    static StoreRole start(EngineConfig config, Runnable syncJournal, Counters counters, ErrorLog errors) {
        StoreRole role = new StoreRole(config, syncJournal, counters, errors);
        role.thread.start();
        return role;
    }

    /** Why the tables are not being filled at present; empty when they are. Any thread. */
    Optional<String> problem() {
        LakeThread rolling = lake;
        return Optional.of(problem)
                .filter(words -> !words.isEmpty())
                .or(() -> rolling == null ? Optional.empty() : rolling.problem());
    }

    /** Answers questions; empty while the tables are not open. Any thread. */
    Optional<Reading> reading() {
        return Optional.ofNullable(reading);
    }

    private void run() {
        long pauseMs = FIRST_PAUSE_MS;
        try {
            while (!follows()) {
                if (closing.await(pauseMs, TimeUnit.MILLISECONDS)) {
                    return;
                }
                pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; the thread ends
        }
    }

    /** False when it could not go on. */
    private boolean follows() throws InterruptedException {
        try {
            follow();
            return true;
        } catch (IOException | RuntimeException e) {
            fail(e);
            return false;
        } finally {
            reading = null;
            lake = null;
        }
    }

    private void fail(Exception e) {
        String words = e instanceof StateException
                ? "the tables in " + config.data().database() + " do not belong to this journal: " + e.getMessage()
                : e.getMessage();
        if (!words.equals(problem)) {
            errors.record("store", e);
            LOG.warn("{}; capture goes on, the tables wait", words);
            problem = words;
        }
    }

    /** Until the role is closed and what the journal holds then is committed, as far as half of the deadline allows. */
    private void follow() throws IOException, InterruptedException {
        requireJournal();
        passed = readers.register(READER);
        RowCollector rows = new RowCollector(config.store().fullBooks(), counters);
        try (Database tables = openOrRemake();
                Tail tail = tail(rows, tables.position());
                Flusher flusher = new Flusher(tables, rows, config.store(), syncJournal, this::tellReader, counters);
                LakeThread rolling = LakeThread.start(
                        tables, flusher, config, () -> venueMs, "millrace " + EngineVersion.text(), counters);
                Reading asked = Reading.beside(flusher, tables)) {
            lake = rolling;
            tables.requireLakeOf(tail.end());
            CatchingUp catchingUp = new CatchingUp(tables.position().sequence(), tail.end(), System::nanoTime);
            reading = asked;
            if (!problem.isEmpty()) {
                LOG.info("the tables go on from record {}", tables.position().sequence());
                problem = "";
            }
            Market market = tail.market();
            while (!isDone(tail)) {
                venueMs = market.venueTimeMs();
                long applied = tail.follow(
                        sequence -> flusher.onRecord(market.sequence(), market.receiveNs(), System.nanoTime()));
                catchingUp.reached(market.sequence(), applied == 0);
                if (applied == 0) {
                    flusher.onIdle(System.nanoTime());
                    closing.await(POLL_MS, TimeUnit.MILLISECONDS);
                }
            }
            rolling.stop();
            flusher.finish();
        } catch (CancellationException e) {
            LOG.info("stopped on the way to where the tables reach; the next start begins there");
        }
    }

    /** A journal that another process goes on writing has no end: only what it held when the role was closed counts. */
    private boolean isDone(Tail tail) {
        if (!isClosing()) {
            return false;
        }
        if (end < 0) {
            end = tail.end();
        }
        return tail.sequence() >= end || System.nanoTime() - drainUntilNs >= 0;
    }

    private void requireJournal() {
        Path journal = config.data().journal();
        if (!Files.isDirectory(journal)) {
            throw new StoreException(
                    "there is no journal in " + journal + " yet; a daemon with the role capture makes it");
        }
    }

    /** A database is a cache of the journal and the lake: one that is damaged is set aside, and made again from them. */
    private Database openOrRemake() {
        try {
            return open();
        } catch (DatabaseDamagedException e) {
            Path aside = SetAside.run(config.data().database(), Instant.now());
            StoreException report = new StoreException(
                    e.getMessage() + "; set aside as " + aside + ", and made again from the lake and the journal");
            errors.record("store", report);
            LOG.error("{}", report.getMessage());
            return open();
        }
    }

    private Database open() {
        return Database.open(
                config.data().database(),
                config.data().lake(),
                config.data().spill(),
                config.store(),
                EngineVersion.text());
    }

    private Tail tail(RowCollector rows, Position from) throws IOException, InterruptedException {
        Counters unseen = new Counters();
        StrategyHost nobody = new StrategyHost(List::of, unseen, errors);
        return Tail.open(
                config.data().journal(),
                snapshots,
                () -> new Market(nobody, (gap, receiveNs) -> {}, rows, rows, unseen),
                from.sequence(),
                from.receiveNs(),
                this::requireTime);
    }

    private void requireTime(long sequence) {
        if (isClosing() && System.nanoTime() - drainUntilNs >= 0) {
            throw new CancellationException("at record " + sequence);
        }
    }

    /**
     * What the journal must keep are the rows that no file of the lake holds: the tables can be lost. Seldom: it costs a
     * forced file.
     */
    private void tellReader(long sequence) {
        LakeThread rolling = lake;
        long nowNs = System.nanoTime();
        boolean due = readerToldNs == 0 || nowNs - readerToldNs >= READER_INTERVAL_NS;
        long safe = rolling == null ? 0 : Math.min(sequence, rolling.safeTo());
        if (due && safe > passed) { // tables that are made anew begin behind it
            readers.advance(READER, safe);
            passed = safe;
            readerToldNs = nowNs;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /**
     * Commits what the journal holds now, or as much of it as half of {@code shutdown.deadline} allows, and lets go.
     *
     * @throws IllegalStateException when that takes longer than the whole of it; what was committed stands
     */
    @Override
    public void close() {
        drainUntilNs = System.nanoTime() + config.ops().shutdownDeadline().toNanos() / 2;
        closing.countDown();
        try {
            thread.join(config.ops().shutdownDeadline().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the store was stopping", e);
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("the store has not let go within "
                    + config.ops().shutdownDeadline() + "; the next start goes on from what is committed");
        }
    }
}
