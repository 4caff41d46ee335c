package dev.millrace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of a database as text, read by nothing of ours. */
final class TableRows {

    private static final List<String> TABLES = List.of(
            "tick_data",
            "book_tops",
            "books",
            "mids",
            "asset_context",
            "instruments",
            "fear_greed",
            "feed_gaps",
            "ohlcv_bars",
            "bar_revisions",
            "ohlcv_1s");

    private TableRows() {}

    /** Sorted, each line beginning with its table; times in microseconds. */
    static List<String> read(Path database) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database)) {
            for (String table : TABLES) {
                read(connection, table, table, lines);
            }
        }
        return lines.stream().sorted().collect(Collectors.toList());
    }

    /** The rows of a query, in its order; {@code |} between values. */
    static List<String> query(Path database, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.add(line(rows));
            }
        }
        return lines;
    }

    /** As {@link #read}, through the views that join the sides; replaced revisions and reports are not among them. */
    static List<String> readViews(Path database) throws SQLException {
        Map<String, String> views = new HashMap<>(Map.of(
                "tick_data", "ticks",
                "book_tops", "tops",
                "books", "levels",
                "asset_context", "contexts",
                "feed_gaps", "gaps",
                "ohlcv_bars", "all_bars",
                "mids", "mids",
                "instruments", "instruments",
                "ohlcv_1s", "ohlcv_1s"));
        views.put("fear_greed", "fear_greed");
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database)) {
            for (Map.Entry<String, String> view : views.entrySet()) {
                read(connection, view.getKey(), view.getValue(), lines);
            }
        }
        return lines.stream().sorted().collect(Collectors.toList());
    }

    /**
     * The rows of both sides: of the lake the days that are read from there, up to the record that their files are known to
     * hold; of two revisions of a bar, and of two reports of a gap, the later.
     */
    static List<String> readBoth(Path database, Path lake) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of("tick_data", "book_tops", "books", "asset_context", "feed_gaps", "ohlcv_bars")) {
                String dataset = table.equals("ohlcv_bars") ? "ohlcv" : table;
                String files = lake.resolve(dataset) + "/*/*/*.parquet";
                if (!Files.isDirectory(lake.resolve(dataset))) {
                    continue;
                }
                statement.execute(
                        "INSERT INTO " + table + " BY NAME SELECT * EXCLUDE (date) FROM read_parquet('" + files
                                + "', hive_partitioning = false) AS l WHERE EXISTS (FROM partitions AS p WHERE p.dataset = '"
                                + dataset + "' AND p.symbol = l.symbol AND p.date = l.date AND p.side = 'lake'"
                                + " AND l.journal_seq <= p.seq_to)"
                                + onceOnly(table));
            }
        }
        return read(database);
    }

    /** With {@code store.keep = 0 s} what the tables alone hold leaves them by days, sooner or later. */
    static List<String> lasting(List<String> rows) {
        return rows.stream()
                .filter(row -> !row.startsWith("mids ") && !row.startsWith("ohlcv_1s "))
                .toList();
    }

    /** Tables that are made anew hold bars and gaps once more that a file holds. */
    private static String onceOnly(String table) {
        return switch (table) {
            case "ohlcv_bars" -> " ON CONFLICT DO NOTHING";
            case "feed_gaps" ->
                " AND NOT EXISTS (FROM feed_gaps AS t WHERE t.symbol = l.symbol AND t.stream = l.stream"
                        + " AND t.from_time = l.from_time AND t.to_time = l.to_time AND t.journal_seq = l.journal_seq)";
            default -> "";
        };
    }

    private static void read(Connection connection, String table, String view, List<String> lines) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT * REPLACE (" + micros(connection, table) + ") FROM " + view)) {
            while (rows.next()) {
                lines.add(table + " " + line(rows));
            }
        }
    }

    private static String micros(Connection connection, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT column_name FROM duckdb_columns() WHERE table_name = '"
                        + table + "' AND data_type = 'TIMESTAMP WITH TIME ZONE'")) {
            while (names.next()) {
                columns.add("epoch_us(" + names.getString(1) + ") AS " + names.getString(1));
            }
        }
        return String.join(", ", columns);
    }

    private static String line(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            values.add(String.valueOf(row.getObject(i)));
        }
        return String.join("|", values);
    }
}
