package dev.millrace.store;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The rows of a day as they should be, in temporary tables of the owner's connection. The owner's thread. */
final class DayStage {

    private static final int ROWS_AT_ONCE = 50_000;

    private final DuckDBConnection owner;

    DayStage(DuckDBConnection owner) throws SQLException {
        this.owner = owner;
        try (Statement statement = owner.createStatement()) {
            for (StagedTable table : StagedTable.values()) {
                statement.execute("CREATE OR REPLACE TEMP TABLE " + name(table) + " AS FROM main." + table.sqlName()
                        + " LIMIT 0");
            }
        }
    }

    void clear() throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (StagedTable table : StagedTable.values()) {
                statement.execute("TRUNCATE " + table.staged());
            }
        }
    }

    /** Takes the rows of a day from where a replay has put them. */
    void load(ReplayedRows rows, StagedTable table, LocalDate day) throws SQLException {
        String sql = "SELECT " + values(table) + " FROM main." + table.sqlName() + " WHERE " + within(table, day);
        try (DuckDBConnection connection = rows.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    ResultSet from = statement.executeQuery(sql)) {
                load(from, table);
            }
            Session.requireWhole(connection);
        }
    }

    private void load(ResultSet from, StagedTable table) throws SQLException {
        RowBuffer buffer = new RowBuffer(table.layout());
        while (from.next()) {
            add(from, table.layout().columns(), buffer);
            if (buffer.rows() == ROWS_AT_ONCE) {
                append(buffer, table);
            }
        }
        append(buffer, table);
    }

    /** Condition of the rows of a day. */
    static String within(StagedTable table, LocalDate day) {
        return table.time() + " >= TIMESTAMPTZ '" + day + " 00:00:00+00' AND " + table.time() + " < TIMESTAMPTZ '"
                + day.plusDays(1) + " 00:00:00+00'";
    }

    void append(RowBuffer buffer, StagedTable table) throws SQLException {
        if (buffer.rows() > 0) {
            try (DuckDBAppender appender = owner.createAppender("temp", "main", name(table))) {
                buffer.appendTo(appender);
            }
            buffer.clear();
        }
    }

    /** Lengths of the bars that are there. */
    List<String> timeframes() throws SQLException {
        List<String> labels = new ArrayList<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("SELECT timeframe FROM " + StagedTable.OHLCV_BARS.staged()
                        + " UNION SELECT timeframe FROM " + StagedTable.OHLCV_1S.staged() + " ORDER BY 1")) {
            while (rows.next()) {
                labels.add(rows.getString(1));
            }
        }
        return labels;
    }

    private static String name(StagedTable table) {
        return "rebuilt_" + table.sqlName();
    }

    private static String values(StagedTable table) {
        return table.layout().columns().stream()
                .map(column -> column.type() == ColumnType.TIME ? "epoch_us(" + column.name() + ")" : column.name())
                .collect(Collectors.joining(", "));
    }

    private static void add(ResultSet from, List<Column> columns, RowBuffer into) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            if (from.getObject(i + 1) == null) {
                into.none();
            } else {
                switch (columns.get(i).type()) {
                    case TEXT -> into.text(from.getString(i + 1));
                    case TIME -> into.timeOfMicros(from.getLong(i + 1));
                    case DOUBLE -> into.number(from.getDouble(i + 1));
                    case LONG -> into.whole(from.getLong(i + 1));
                    case FLAG -> into.flag(from.getBoolean(i + 1));
                    case DATE -> throw new IllegalStateException("no table has a column of days");
                }
            }
        }
        into.end();
    }
}
