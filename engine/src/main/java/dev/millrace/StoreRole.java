package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import dev.millrace.market.StateException;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.pipeline.Market;
import dev.millrace.rebuild.RebuildListener;
import dev.millrace.replay.Tail;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.store.Database;
import dev.millrace.store.Flusher;
import dev.millrace.store.LakeThread;
import dev.millrace.store.Position;
import dev.millrace.store.Reading;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RowCollector;
import dev.millrace.store.StoreException;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role {@code store}, on the thread {@code md-store}: a market behind the journal gives rows, which are committed
 * together with the position that they reach to. Whatever fails is told, counted, and begun anew from the committed
 * position after a pause; capture goes on meanwhile and the journal keeps what the tables lack.
 */
final class StoreRole implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRole.class);
    private static final long POLL_MS = 10;
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 60_000;

    private final EngineConfig config;
    private final Runnable syncJournal;
    private final Counters counters;
    private final ErrorLog errors;
    private final SnapshotFolder snapshots;
    private final StoreTables tables;
    private final StoreReader reader;
    private final StoreRebuilds rebuilds;
    private final Drain drain = new Drain();
    private final Thread thread = new Thread(this::run, "md-store");
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
        tables = new StoreTables(config, errors);
        rebuilds = new StoreRebuilds(config, tables);
        reader = new StoreReader(config.data().journal(), this::inLake);
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
        return standstill().or(() -> rolling == null ? Optional.empty() : rolling.problem());
    }

    /** Why the tables stay where they are; a lake that cannot be written does not hold them up. Any thread. */
    Optional<String> standstill() {
        return Optional.of(problem).filter(words -> !words.isEmpty());
    }

    /** Answers questions; empty while the tables are not open. Any thread. */
    Optional<Reading> reading() {
        return Optional.ofNullable(reading);
    }

    /**
     * Makes days again. The tables follow the journal again afterwards; until then they can be queried. Any thread but the
     * role's; returns when it is done.
     *
     * @param listener told on the role's thread
     * @throws dev.millrace.store.RefusedException when there is nothing in the range, or another rebuild is under way
     * @throws StoreException when it could not be done, or not all of it
     */
    void rebuild(RebuildScope scope, RebuildListener listener) {
        if (!problem.isEmpty()) {
            throw new StoreException("the tables are not being filled: " + problem);
        }
        rebuilds.ask(scope, listener, thread::isAlive);
    }

    /** The venue's time as far as the tables reach, ms; the least long before it is known. Any thread. */
    long venueMs() {
        return venueMs;
    }

    private void run() {
        long pauseMs = FIRST_PAUSE_MS;
        try {
            do {
                if (follows()) {
                    pauseMs = FIRST_PAUSE_MS;
                    rebuilds.run(drain::isAsked, answers -> reading = answers);
                } else if (!drain.await(pauseMs)) {
                    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
                }
            } while (!drain.isAsked());
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
            tables.failed(e);
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
        reader.register();
        RowCollector rows = new RowCollector(config.store().fullBooks(), counters);
        try (Database opened = tables.open();
                Tail tail = tail(rows, opened.position());
                Flusher flusher = new Flusher(opened, rows, config.store(), syncJournal, reader::committed, counters);
                LakeThread rolling =
                        LakeThread.start(opened, flusher, config, () -> venueMs, EngineVersion.program(), counters);
                Reading asked = Reading.beside(flusher, opened)) {
            lake = rolling;
            opened.requireLakeOf(tail.end());
            CatchingUp catchingUp = new CatchingUp(opened.position().sequence(), tail.end(), System::nanoTime);
            reading = asked;
            if (!problem.isEmpty()) {
                LOG.info("the tables go on from record {}", opened.position().sequence());
                problem = "";
            }
            Market market = tail.market();
            if (opened.position().sequence() == 0) {
                // Behind a deleted beginning: a reply that changes nothing would not tell them.
                market.tellInstruments();
            }
            while (!rebuilds.isAsked() && !drain.isDone(tail)) {
                venueMs = market.venueTimeMs();
                rolling.requireSound();
                long applied = tail.follow(
                        sequence -> flusher.onRecord(market.sequence(), market.receiveNs(), System.nanoTime()));
                catchingUp.reached(market.sequence(), applied == 0);
                if (applied == 0) {
                    flusher.onIdle(System.nanoTime());
                    drain.await(POLL_MS);
                }
            }
            rolling.stop();
            flusher.finish();
        } catch (CancellationException e) {
            LOG.info("stopped on the way to where the tables reach; the next start begins there");
        }
    }

    private void requireJournal() {
        Path journal = config.data().journal();
        if (!Files.isDirectory(journal)) {
            throw new StoreException(
                    "there is no journal in " + journal + " yet; a daemon with the role capture makes it");
        }
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
                drain::requireTime);
    }

    private long inLake() {
        LakeThread rolling = lake;
        return rolling == null ? 0 : rolling.safeTo();
    }

    /**
     * Commits what the journal holds now, or as much of it as half of {@code shutdown.deadline} allows, and lets go.
     *
     * @throws IllegalStateException when that takes longer than the whole of it; what was committed stands
     */
    @Override
    public void close() {
        drain.ask(config.ops().shutdownDeadline().dividedBy(2));
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
