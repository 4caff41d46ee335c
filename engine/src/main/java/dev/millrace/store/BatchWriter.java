package dev.millrace.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Commits a batch: its rows and the position in one transaction, so that a row is there if and only if the position has
 * passed it. Thread {@code md-store-flush}.
 */
final class BatchWriter {

    private static final List<Staged> STAGED = List.of(
            new Staged(Table.OHLCV_BARS, "stage_bars", "upsert-bars.sql"),
            new Staged(Table.FEAR_GREED, "stage_fear_greed", "insert-fear-greed.sql"));
    private static final List<Table> APPENDED = List.of(
            Table.TICK_DATA,
            Table.BOOK_TOPS,
            Table.MIDS,
            Table.ASSET_CONTEXT,
            Table.BOOKS,
            Table.OHLCV_1S,
            Table.FEED_GAPS,
            Table.INSTRUMENTS,
            Table.FUNDING,
            Table.COLLECTED,
            Table.UNIVERSE);

    private final DuckDBConnection connection;
    private Position position;

    /** A table whose rows are compared with what it holds: they wait in another, emptied by the statement that does so. */
    private record Staged(Table table, String stage, String sql) {}

    /** @param database whose tables nobody else writes */
    BatchWriter(Database database) throws SQLException {
        connection = database.owner();
        position = database.position();
        try (Statement statement = connection.createStatement()) {
            for (Staged staged : STAGED) {
                statement.execute("CREATE TEMP TABLE IF NOT EXISTS " + staged.stage + " AS FROM "
                        + staged.table.sqlName() + " LIMIT 0");
            }
        }
    }

    /**
     * All of it or nothing.
     *
     * @throws StoreException when another writer has moved the position
     */
    void write(Batch batch) throws SQLException {
        connection.setAutoCommit(false);
        try {
            advance(batch); // first: an appender begins no transaction, its rows would be committed alone
            for (Table table : APPENDED) {
                append(batch.of(table), "main", table.sqlName());
            }
            for (Staged staged : STAGED) {
                merge(batch.of(staged.table), staged);
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            throw e;
        }
        connection.setAutoCommit(true);
        position = new Position(batch.sequence(), batch.receiveNs());
    }

    Position position() {
        return position;
    }

    /** What failed first is what is told: DuckDB may have ended the transaction by itself. */
    private void rollback(Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void append(RowBuffer rows, String schema, String table) throws SQLException {
        if (rows.rows() > 0) {
            try (DuckDBAppender appender = connection.createAppender(schema, table)) {
                rows.appendTo(appender);
            }
        }
    }

    private void merge(RowBuffer rows, Staged staged) throws SQLException {
        if (rows.rows() == 0) {
            return;
        }
        try (DuckDBAppender appender = connection.createAppender("temp", "main", staged.stage)) {
            rows.appendTo(appender);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(Migrations.sql(staged.sql));
        }
    }

    private void advance(Batch batch) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE position SET committed_sequence = ?, received_ns = ? WHERE committed_sequence = ?")) {
            update.setLong(1, batch.sequence());
            update.setLong(2, batch.receiveNs());
            update.setLong(3, position.sequence());
            if (update.executeUpdate() != 1) {
                throw new StoreException("the tables are not at record " + position.sequence()
                        + " any more: another program has written to them");
            }
        }
    }
}
