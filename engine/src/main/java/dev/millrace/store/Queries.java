package dev.millrace.store;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;

/**
 * Reads the tables, on any thread, while they are being written: each query sees one moment between two commits. Some run at
 * once, the others wait for their turn. Memory and disk that they take are bounded by {@code store.memory-limit} and
 * {@code store.spill-limit}.
 */
final class Queries implements AutoCloseable {

    private static final int AT_ONCE = 4;
    private static final long CLOSE_SECONDS = 30;

    private final Database database;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService impatience = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "md-store-query-timeout");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    /** @param database to be closed after this */
    Queries(Database database) {
        this.database = database;
    }

    /**
     * Runs what a person wrote: one SELECT.
     *
     * @return whether there were more rows than the limit
     * @throws RefusedException when it is no SELECT, or DuckDB does not take it
     * @throws StoreException when it took too long or failed
     * @throws IOException of the sink
     */
    public boolean select(String sql, Limits limits, ResultSink sink) throws IOException {
        return ask(sql, List.of(), true, limits, sink);
    }

    /** Runs a query of the program's own, with values for its question marks. */
    boolean prepared(String sql, List<?> values, Limits limits, ResultSink sink) throws IOException {
        return ask(sql, values, false, limits, sink);
    }

    private boolean ask(String sql, List<?> values, boolean foreign, Limits limits, ResultSink sink)
            throws IOException {
        Deadline deadline = new Deadline(System.nanoTime() + limits.time().toNanos(), limits);
        awaitTurn(limits);
        try {
            Begun begun = new Begun(sink);
            for (boolean again = false; ; again = true) {
                try (DuckDBConnection connection = connect()) {
                    if (foreign) {
                        SelectOnly.require(connection, sql);
                    }
                    return read(connection, sql, values, deadline, begun);
                } catch (SQLException e) {
                    if (again || begun.hasRows() || !isOfAFile(Database.firstLine(e))) {
                        throw failure(e, deadline, begun.hasRows());
                    }
                }
            }
        } finally {
            turns.release();
        }
    }

    private DuckDBConnection connect() {
        try {
            DuckDBConnection connection = database.connectStreaming();
            try (Statement begin = connection.createStatement()) {
                begin.execute("BEGIN TRANSACTION READ ONLY");
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("the tables cannot be read: " + Database.firstLine(e), e);
        }
    }

    /** DuckDB opens a file of the lake more than once; another that took its place in between looks damaged to it. */
    private static boolean isOfAFile(String message) {
        return message.startsWith("Invalid") || message.startsWith("IO Error");
    }

    private void awaitTurn(Limits limits) {
        try {
            if (!turns.tryAcquire(limits.time().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreException(
                        "no turn within " + words(limits) + ": " + AT_ONCE + " other queries are running; ask again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while a query waited for its turn", e);
        }
        if (closed) {
            turns.release();
            throw new StoreException("the store is stopping");
        }
    }

    private boolean read(DuckDBConnection connection, String sql, List<?> values, Deadline deadline, ResultSink sink)
            throws SQLException, IOException {
        boolean more = run(connection, sql, values, deadline, rows -> give(new ResultRows(rows), deadline, sink));
        if (!more) {
            requireWhole(connection, sql, values, deadline);
        }
        return more;
    }

    /** What is to be done with an answer. */
    @FunctionalInterface
    private interface Answer {
        boolean take(ResultSet rows) throws SQLException, IOException;
    }

    private boolean run(DuckDBConnection connection, String sql, List<?> values, Deadline deadline, Answer answer)
            throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            running.add(statement);
            ScheduledFuture<?> alarm =
                    impatience.schedule(() -> cancel(statement), deadline.leftNs(), TimeUnit.NANOSECONDS);
            try (ResultSet rows = statement.executeQuery()) {
                return answer.take(rows);
            } finally {
                alarm.cancel(false);
                running.remove(statement);
            }
        }
    }

    /** Where the answer ended at an error, the same is run once more for its words, without its rows. */
    private void requireWhole(DuckDBConnection connection, String sql, List<?> values, Deadline deadline)
            throws SQLException, IOException {
        try {
            Session.requireWhole(connection);
        } catch (SQLException broken) {
            requireTime(deadline);
            try (DuckDBConnection other = connect()) {
                run(other, "EXPLAIN ANALYZE " + sql, values, deadline, rows -> false);
            }
            throw new SQLException("IO Error: a file could not be read, and can be now", broken);
        }
    }

    private void requireTime(Deadline deadline) throws SQLException {
        if (closed || deadline.leftNs() <= 0) { // a cancellation between two of DuckDB's steps leaves no trace
            throw new SQLException("INTERRUPT Error");
        }
    }

    private boolean give(ResultRows rows, Deadline deadline, ResultSink sink) throws SQLException, IOException {
        sink.columns(rows.columns());
        for (long given = 0; rows.next(); given++) {
            if (given == deadline.limits.rows()) {
                return true;
            }
            requireTime(deadline);
            sink.row(rows.values());
        }
        return false;
    }

    private RuntimeException failure(SQLException e, Deadline deadline, boolean hasRows) {
        String message = Database.firstLine(e);
        if (closed) {
            return new StoreException("the store is stopping", e);
        }
        if (message.startsWith("INTERRUPT")) {
            return new StoreException(
                    "the query was ended after " + words(deadline.limits) + "; narrow it, or give it more time", e);
        }
        if (hasRows && isOfAFile(message)) {
            return new StoreException(
                    "the query failed behind its first rows: " + message
                            + "; a file of the lake may have been replaced meanwhile: ask again",
                    e);
        }
        boolean resources = message.startsWith("Out of Memory") || message.startsWith("IO Error");
        return resources
                ? new StoreException("the query failed: " + message, e)
                : new RefusedException("the query cannot run: " + message, e);
    }

    private static String words(Limits limits) {
        return limits.time().toMillis() / 1e3 + " s";
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException ignored) {
            // It has just ended by itself.
        }
    }

    /** Ends what is running; nothing more is taken. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Queries::cancel);
        impatience.shutdownNow();
        try {
            if (!turns.tryAcquire(AT_ONCE, CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new StoreException("a query still runs " + CLOSE_SECONDS + " s after it was ended");
            }
            turns.release(AT_ONCE); // who waits for a turn learns that there is none
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while queries were ending", e);
        }
    }

    private record Deadline(long ns, Limits limits) {

        long leftNs() {
            return ns - System.nanoTime();
        }
    }
}
