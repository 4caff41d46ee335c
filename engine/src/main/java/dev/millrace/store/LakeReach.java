package dev.millrace.store;

import dev.millrace.tables.Dataset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Rows that files of the lake hold and that the journal is about to give again, because the tables were made anew: they must
 * not be appended a second time. Bars and gaps need no such care, as their views take one row of a key. Nothing in a store
 * that only goes on. One thread.
 */
final class LakeReach {

    static final LakeReach NONE = new LakeReach();

    private static final long MS_PER_DAY = 86_400_000;

    private final Map<Day, Long> reached = new HashMap<>();
    private long highest;

    private LakeReach() {}

    private record Day(Table table, String symbol, long day) {}

    /** Those of files that reach beyond the tables' position. */
    static LakeReach of(Connection connection) throws SQLException {
        LakeReach reach = new LakeReach();
        for (Table table : new Table[] {Table.TICK_DATA, Table.BOOK_TOPS, Table.ASSET_CONTEXT, Table.BOOKS}) {
            reach.read(connection, table);
        }
        reach.highest = highest(connection);
        return reach;
    }

    private void read(Connection connection, Table table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT symbol, date, seq_to FROM partitions, position"
                        + " WHERE dataset = ? AND side = 'lake' AND seq_to > committed_sequence")) {
            statement.setString(1, Dataset.valueOf(table.name()).label());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long day = rows.getObject(2, LocalDate.class).toEpochDay();
                    reached.put(new Day(table, rows.getString(1), day), rows.getLong(3));
                }
            }
        }
    }

    private static long highest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(max(seq_to), 0) FROM partitions, position WHERE seq_to > committed_sequence")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The last record that any file knows, of whatever dataset; 0 where none knows more than the tables. */
    long highest() {
        return highest;
    }

    /** Whether the row of a record is in a file. */
    boolean holds(Table table, String symbol, long timeMs, long sequence) {
        return sequence <= highest
                && sequence <= reached.getOrDefault(new Day(table, symbol, Math.floorDiv(timeMs, MS_PER_DAY)), 0L);
    }
}
