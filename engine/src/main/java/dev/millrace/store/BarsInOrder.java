package dev.millrace.store;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays the bars of closed days down in the order of symbol, timeframe and time, once for each day that has closed: as they
 * came, neighbours of one series lie among those of all others, and reading them reads nearly everything. Rows that were
 * deleted are left behind on the way; a table with a key never gives their room back otherwise.
 *
 * <p>The rows are copied to a second table, a slice at a time between two commits, and one transaction adds what was committed
 * meanwhile and gives it the first one's name: readers see the one or the other. Where this dies, the first one is as it was,
 * and the next pass begins anew. A comment on the table says up to which day it is in order. Thread {@code md-store-roll}, on
 * which alone rows of the table are deleted.
 */
public final class BarsInOrder {

    private static final Logger LOG = LoggerFactory.getLogger(BarsInOrder.class);
    private static final String TABLE = Table.OHLCV_BARS.sqlName();
    private static final String NEXT = TABLE + "_in_order";
    private static final String MARK = "in order before ";
    private static final long SLICE_NS = 50_000_000;

    private final Flusher flusher;
    private final BooleanSupplier stopped;
    private final Counter rewrites;

    /** @param stopped asked between two slices */
    public BarsInOrder(Flusher flusher, BooleanSupplier stopped, Counters counters) {
        this.flusher = flusher;
        this.stopped = stopped;
        rewrites =
                counters.counter("store.bars-in-order", "Times that the bars of closed days were laid down in order");
    }

    /**
     * Does so where it is due.
     *
     * @param open the first day that is not closed
     */
    public void pass(DuckDBConnection connection, LocalDate open) throws SQLException {
        if (isDue(connection, open)) {
            long startNs = System.nanoTime();
            if (rewrite(connection, open)) {
                rewrites.increment();
                LOG.info(
                        "the bars of days before {} lie in order, after {} ms",
                        open,
                        (System.nanoTime() - startNs) / 1_000_000);
            }
        }
    }

    private static boolean isDue(DuckDBConnection connection, LocalDate open) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT EXISTS (FROM " + TABLE
                + " WHERE timestamp >= CAST(? AS TIMESTAMPTZ) AND timestamp < CAST(? AS TIMESTAMPTZ))")) {
            select.setObject(1, ordered(connection).orElse(LocalDate.EPOCH));
            select.setObject(2, open);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The day before which they lie in order already. */
    static Optional<LocalDate> ordered(DuckDBConnection connection) throws SQLException {
        String comment = text(connection, "comment");
        return Optional.ofNullable(comment)
                .filter(words -> words.startsWith(MARK))
                .map(words -> LocalDate.parse(words.substring(MARK.length())));
    }

    private static String text(DuckDBConnection connection, String column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + column
                        + " FROM duckdb_tables() WHERE NOT temporary AND table_name = '" + TABLE + "'")) {
            row.next();
            return row.getString(1);
        }
    }

    private boolean rewrite(DuckDBConnection connection, LocalDate open) throws SQLException {
        long[] since = {0};
        flusher.call(owner -> since[0] = begin(owner));
        Iterator<Slice> slices = slices(connection, open).iterator();
        while (slices.hasNext()) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            flusher.call(owner -> together(owner, () -> copy(owner, slices)));
        }
        flusher.call(owner -> together(owner, () -> swap(owner, since[0], open)));
        return true;
    }

    /** Gives the record from which on rows may be changed while the others are copied. */
    private static long begin(DuckDBConnection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + NEXT);
            statement.execute(text(owner, "sql").replaceFirst("CREATE TABLE " + TABLE, "CREATE TABLE " + NEXT));
            try (ResultSet row = statement.executeQuery("SELECT committed_sequence FROM position")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Rows to copy at once: of closed days those of a series and a day, of the others those of an hour as they lie.
     *
     * @param symbol null for every series
     */
    private record Slice(String symbol, String timeframe, Instant from, Instant to) {

        void copy(DuckDBConnection owner) throws SQLException {
            String series = symbol == null ? "" : " AND symbol = ? AND timeframe = ? ORDER BY basis, source, timestamp";
            try (PreparedStatement insert = owner.prepareStatement("INSERT INTO " + NEXT + " BY NAME SELECT * FROM "
                    + TABLE + " WHERE timestamp >= ? AND timestamp < ?" + series)) {
                insert.setObject(1, utc(from));
                insert.setObject(2, utc(to));
                if (symbol != null) {
                    insert.setString(3, symbol);
                    insert.setString(4, timeframe);
                }
                insert.execute();
            }
        }

        private static OffsetDateTime utc(Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }
    }

    private static Queue<Slice> slices(DuckDBConnection connection, LocalDate open) throws SQLException {
        Queue<Slice> slices = new ArrayDeque<>();
        for (String select : List.of(
                "SELECT symbol, timeframe, epoch_ms(min(timestamp)), epoch_ms(max(timestamp)) FROM " + TABLE
                        + " WHERE timestamp < CAST(? AS TIMESTAMPTZ)"
                        + " GROUP BY symbol, timeframe, CAST(timestamp AS DATE) ORDER BY 1, 2, 3",
                "SELECT NULL, NULL, epoch_ms(min(timestamp)), epoch_ms(max(timestamp)) FROM " + TABLE
                        + " WHERE timestamp >= CAST(? AS TIMESTAMPTZ)"
                        + " GROUP BY date_trunc('hour', timestamp) ORDER BY 3")) {
            try (PreparedStatement statement = connection.prepareStatement(select)) {
                statement.setObject(1, open);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        slices.add(new Slice(
                                row.getString(1),
                                row.getString(2),
                                Instant.ofEpochMilli(row.getLong(3)),
                                Instant.ofEpochMilli(row.getLong(4) + 1)));
                    }
                }
            }
        }
        return slices;
    }

    private static void copy(DuckDBConnection owner, Iterator<Slice> slices) throws SQLException {
        long untilNs = System.nanoTime() + SLICE_NS;
        do {
            slices.next().copy(owner);
        } while (slices.hasNext() && System.nanoTime() < untilNs);
    }

    private static void swap(DuckDBConnection owner, long since, LocalDate open) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("INSERT OR REPLACE INTO " + NEXT + " BY NAME SELECT * FROM " + TABLE
                    + " WHERE coalesce(journal_seq, 0) > " + since);
            try (ResultSet row = statement.executeQuery(
                    "SELECT (SELECT count(*) FROM " + TABLE + "), (SELECT count(*) FROM " + NEXT + ")")) {
                row.next();
                if (row.getLong(1) != row.getLong(2)) {
                    throw new StoreException("the bars in order are " + row.getLong(2) + " rows, not " + row.getLong(1)
                            + "; they stay as they lie");
                }
            }
            statement.execute("DROP TABLE " + TABLE);
            statement.execute("ALTER TABLE " + NEXT + " RENAME TO " + TABLE);
            statement.execute("COMMENT ON TABLE " + TABLE + " IS '" + MARK + open + "'");
        }
    }

    /** Statements that are made together or not at all. */
    @FunctionalInterface
    private interface Together {
        void run() throws SQLException;
    }

    private static void together(DuckDBConnection owner, Together statements) throws SQLException {
        owner.setAutoCommit(false);
        try {
            statements.run();
            owner.commit();
        } catch (SQLException | RuntimeException e) {
            owner.rollback();
            throw e;
        } finally {
            owner.setAutoCommit(true);
        }
    }
}
