package dev.millrace.store;

import dev.millrace.config.StoreConfig;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBConnection;

/**
 * Hands batches from the thread that fills them to one that commits them ({@code md-store-flush}). While one is being
 * committed the next is filled; when that is full too, the filling thread waits. After a failure nothing more is taken:
 * the next call throws it, and what was not committed comes from the journal again.
 */
public final class Flusher implements AutoCloseable {

    private static final long CLOSE_DEADLINE_MS = 60_000;
    private static final long POLL_MS = 100;

    private final Database database;
    private final RowCollector rows;
    private final StoreConfig config;
    private final Runnable beforeCommit;
    private final LongConsumer committed;
    private final BatchWriter writer;
    private final NewestBars newest = new NewestBars();
    private final Queue<FutureTask<?>> changes = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Batch> empty = new ArrayBlockingQueue<>(2);
    private final Counter commits;
    private final Counter committedRows;
    private final Counter sequence;
    private final Counter received;
    private final Thread thread = new Thread(this::run, "md-store-flush");
    private Batch filling;
    private long fillingSinceNs;
    private volatile Throwable failure;
    private volatile boolean closed;

    /**
     * @param rows collects into the batches, from now on
     * @param beforeCommit makes the journal durable: the tables must never know more than it does after a power loss
     * @param committed told each committed sequence, on {@code md-store-flush}
     * @throws StoreException when the tables cannot be written
     */
    public Flusher(
            Database database,
            RowCollector rows,
            StoreConfig config,
            Runnable beforeCommit,
            LongConsumer committed,
            Counters counters) {
        this.database = database;
        this.rows = rows;
        this.config = config;
        this.beforeCommit = beforeCommit;
        this.committed = committed;
        commits = counters.counter("store.commits", "Transactions of the store");
        committedRows = counters.counter("store.rows", "Rows committed to the tables, revisions included");
        sequence = counters.gauge("store.sequence", "The journal's record that the tables reach to");
        received = counters.gauge("store.received-ns", "Receive time of that record, ns since 1970");
        try {
            writer = new BatchWriter(database);
        } catch (SQLException e) {
            throw new StoreException("cannot write to " + database.file() + ": " + Database.firstLine(e), e);
        }
        tell(writer.position());
        rows.leaveOut(database.inLake());
        empty.add(new Batch());
        filling = new Batch();
        rows.begin(filling);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * All rows of records up to this one were collected. Commits them when enough have come or waited long enough.
     *
     * @param nowNs of any steady clock, the same in each call
     */
    public void onRecord(long recordSequence, long receiveNs, long nowNs) {
        filling.reaches(recordSequence, receiveNs);
        if (fillingSinceNs == 0) {
            fillingSinceNs = nowNs;
        }
        if (filling.rows() >= config.flushRows() || filling.bytes() >= config.flushBytes()) {
            handOver();
        } else {
            onIdle(nowNs);
        }
    }

    /** Nothing more to collect now: commits what has waited long enough. */
    public void onIdle(long nowNs) {
        boolean waited = nowNs - fillingSinceNs >= config.flushInterval().toNanos();
        if (fillingSinceNs != 0 && waited && !empty.isEmpty()) {
            handOver();
        }
    }

    private void handOver() {
        try {
            full.put(filling);
            filling = null;
            while (filling == null) {
                requireHealthy();
                filling = empty.poll(POLL_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while rows were waiting for md-store-flush", e);
        }
        fillingSinceNs = 0;
        rows.begin(filling);
    }

    /** Changes the tables. */
    @FunctionalInterface
    interface Change {
        void run(DuckDBConnection owner) throws SQLException;
    }

    /**
     * Runs a change on {@code md-store-flush}, between two commits, and waits for it. Any thread but that one.
     *
     * @throws StoreException when it could not be made; nothing of it was
     */
    void call(Change change) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            change.run(database.owner());
            return null;
        });
        changes.add(task);
        try {
            while (!task.isDone()) {
                requireHealthy();
                if (!thread.isAlive()) {
                    throw new StoreException("the store is stopping");
                }
                await(task);
            }
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while a change was waiting for md-store-flush", e);
        } catch (ExecutionException e) {
            throw new StoreException(
                    "the tables could not be changed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static void await(FutureTask<?> task) throws InterruptedException, ExecutionException {
        try {
            task.get(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException ignored) {
            // The caller looks whether anybody will still do it.
        }
    }

    /** Told of each commit. */
    NewestBars newestBars() {
        return newest;
    }

    private void requireHealthy() {
        Throwable why = failure;
        if (why != null) {
            throw new StoreException("the tables could not be written: " + why.getMessage(), why);
        }
    }

    private void run() {
        try {
            while (!closed || !full.isEmpty()) {
                Batch batch = full.poll(POLL_MS, TimeUnit.MILLISECONDS);
                if (batch != null) {
                    commit(batch);
                }
                for (FutureTask<?> change = changes.poll(); change != null; change = changes.poll()) {
                    change.run();
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void commit(Batch batch) throws SQLException {
        beforeCommit.run();
        long count = batch.rows();
        writer.write(batch);
        newest.onCommitted(batch);
        commits.increment();
        committedRows.add(count);
        tell(writer.position());
        committed.accept(batch.sequence());
        batch.clear();
        empty.add(batch);
    }

    private void tell(Position position) {
        sequence.set(position.sequence());
        received.set(position.receiveNs());
    }

    /** Commits what was collected. */
    public void finish() {
        if (fillingSinceNs != 0) {
            handOver();
        }
        close();
        requireHealthy();
    }

    /** Lets the commit under way finish and ends the thread; what was collected since is not committed. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE_DEADLINE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while md-store-flush was stopping", e);
        }
        if (thread.isAlive()) {
            throw new StoreException("md-store-flush still commits after " + CLOSE_DEADLINE_MS + " ms");
        }
    }
}
