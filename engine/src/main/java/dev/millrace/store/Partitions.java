package dev.millrace.store;

import dev.millrace.lake.Partition;
import dev.millrace.lake.PartitionFacts;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The table {@code partitions}: from which side each (dataset, symbol, day) is read, and up to which record of the journal
 * its file holds the rows. What changes it runs on {@code md-store-flush}.
 */
final class Partitions {

    /** Datasets whose rows are collected; whole books are not. */
    static final List<Dataset> ROLLED = List.of(
            Dataset.OHLCV,
            Dataset.TICK_DATA,
            Dataset.BOOK_TOPS,
            Dataset.ASSET_CONTEXT,
            Dataset.FEED_GAPS,
            Dataset.FUNDING);

    private static final long MICROS_PER_MS = 1_000;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private Partitions() {}

    /** What the tables hold, by dataset, symbol and day. */
    static List<HotDay> hot(Connection connection) throws SQLException {
        List<HotDay> days = new ArrayList<>();
        for (Dataset dataset : ROLLED) {
            hot(connection, dataset, days);
        }
        return days;
    }

    private static void hot(Connection connection, Dataset dataset, List<HotDay> into) throws SQLException {
        String time = time(dataset);
        String sql = "WITH held AS (SELECT symbol, CAST(" + time + " AS DATE) AS date,"
                + " min(epoch_ms(" + time
                + ")) AS first_ms, min(coalesce(journal_seq, 0)) AS first, max(coalesce(journal_seq, 0)) AS last FROM "
                + HotDay.table(dataset) + " GROUP BY ALL)"
                + " SELECT held.symbol, held.date, first_ms, first, last, coalesce(side, 'hot'), coalesce(seq_to, -1)"
                + " FROM held LEFT JOIN partitions AS p ON p.dataset = '" + dataset.label()
                + "' AND p.symbol = held.symbol AND p.date = held.date ORDER BY ALL";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                Partition partition = new Partition(dataset, rows.getString(1), rows.getObject(2, LocalDate.class));
                HotDay.Side side =
                        rows.getString(6).equals(HotDay.Side.LAKE.label()) ? HotDay.Side.LAKE : HotDay.Side.HOT;
                into.add(new HotDay(
                        partition, rows.getLong(3), rows.getLong(4), rows.getLong(5), side, rows.getLong(7)));
            }
        }
    }

    /** The last record before the first that made a row of the day at or behind a time; the greatest number without any. */
    static long before(Connection connection, HotDay day, long fromMs) throws SQLException {
        String time = time(day.partition().dataset());
        try (PreparedStatement select = connection.prepareStatement("SELECT min(coalesce(journal_seq, 0)) - 1 FROM "
                + day.table() + " WHERE symbol = ? AND " + time + " >= make_timestamptz(?) AND " + time
                + " < make_timestamptz(?)")) {
            select.setString(1, day.partition().symbol());
            select.setLong(2, fromMs * MICROS_PER_MS);
            select.setLong(3, day.partition().date().toEpochDay() * MICROS_PER_DAY + MICROS_PER_DAY);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long before = row.getLong(1);
                return row.wasNull() ? Long.MAX_VALUE : Math.max(0, before);
            }
        }
    }

    /** Partitions of the lake whose day is before a date. */
    static List<Partition> inLakeBefore(Connection connection, LocalDate date) throws SQLException {
        List<Partition> partitions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT dataset, symbol, date FROM partitions WHERE side = 'lake' AND date < ? ORDER BY ALL")) {
            select.setObject(1, date);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Dataset dataset = Dataset.of(rows.getString(1)).orElseThrow();
                    partitions.add(new Partition(dataset, rows.getString(2), rows.getObject(3, LocalDate.class)));
                }
            }
        }
        return partitions;
    }

    /** Forgets a partition that is gone. */
    static void forget(Connection connection, Partition partition) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM partitions WHERE dataset = ? AND symbol = ? AND date = ?")) {
            delete.setString(1, partition.dataset().label());
            delete.setString(2, partition.symbol());
            delete.setObject(3, partition.date());
            delete.execute();
        }
    }

    /** The file of a day that is read from the tables holds this. */
    static void written(Connection connection, Partition partition, HotDay.Side side, PartitionFacts facts)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("INSERT OR REPLACE INTO partitions"
                + " (dataset, symbol, date, side, seq_from, seq_to, rows, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            upsert.setString(1, partition.dataset().label());
            upsert.setString(2, partition.symbol());
            upsert.setObject(3, partition.date());
            upsert.setString(4, side.label());
            upsert.setLong(5, facts.sequences().from());
            upsert.setLong(6, facts.sequences().to());
            upsert.setLong(7, facts.rows());
            upsert.setString(8, facts.digest());
            upsert.execute();
        }
    }

    /** A statement that belongs to a flip. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    /**
     * From now on the day is read from its file; the rows that are in it leave the tables. In one transaction.
     *
     * @param views makes views that show the file, where there are none yet
     */
    static void flip(Connection connection, Partition partition, PartitionFacts facts, Step views) throws SQLException {
        connection.setAutoCommit(false);
        try {
            written(connection, partition, HotDay.Side.LAKE, facts);
            delete(connection, partition, facts.sequences().to());
            views.run();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void delete(Connection connection, Partition partition, long upTo) throws SQLException {
        String time = time(partition.dataset());
        long startMicros = partition.date().toEpochDay() * MICROS_PER_DAY;
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + HotDay.table(partition.dataset())
                + " WHERE symbol = ? AND " + time + " >= make_timestamptz(?) AND " + time
                + " < make_timestamptz(?) AND coalesce(journal_seq, 0) <= ?")) {
            delete.setString(1, partition.symbol());
            delete.setLong(2, startMicros);
            delete.setLong(3, startMicros + MICROS_PER_DAY);
            delete.setLong(4, upTo);
            delete.execute();
        }
    }

    private static String time(Dataset dataset) {
        Schema schema = dataset.schema();
        return schema.columns().get(schema.time()).name();
    }
}
