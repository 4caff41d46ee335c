package dev.millrace.lake;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A dataset as DuckDB reads it, Hive partitions and all: the view {@code lake}. Its zone is the machine's, not UTC. */
final class DuckDb implements AutoCloseable {

    private final Schema schema;
    private final Connection database;

    DuckDb(Path folder, Dataset dataset) throws SQLException {
        schema = dataset.schema();
        database = DriverManager.getConnection("jdbc:duckdb:");
        run("SET threads = 1");
        run("CREATE VIEW lake AS SELECT * FROM read_parquet('" + folder.resolve(dataset.label())
                + "/**/*.parquet', hive_partitioning = true, union_by_name = true)");
    }

    /** Writes a Parquet file that is not ours. */
    static void writeForeign(Path file) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute("COPY (SELECT 1 AS a) TO '" + file + "' (FORMAT parquet)");
        }
    }

    /** Types by column as the schema wants them. */
    static Map<String, String> types(Schema schema) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            types.put(
                    column.name(),
                    column.type() == ColumnType.TIME
                            ? "TIMESTAMP WITH TIME ZONE"
                            : column.type().sql());
        }
        return types;
    }

    Map<String, String> types() throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery("DESCRIBE lake")) {
            while (result.next()) {
                types.put(result.getString(1), result.getString(2));
            }
        }
        Map<String, String> ordered = new LinkedHashMap<>();
        schema.columns().forEach(column -> ordered.put(column.name(), types.remove(column.name())));
        ordered.putAll(types);
        return ordered;
    }

    /** The rows of a symbol by key; doubles by their bits, times as microseconds. */
    List<String> rows(String symbol) throws SQLException {
        String columns = schema.columns().stream().map(DuckDb::exact).collect(Collectors.joining(", "));
        String order = schema.key().stream().map(DuckDb::exact).collect(Collectors.joining(", "));
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement =
                database.prepareStatement("SELECT " + columns + " FROM lake WHERE symbol = ? ORDER BY " + order)) {
            statement.setString(1, symbol);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(text(result));
                }
            }
        }
        return rows;
    }

    /** Our rows in the same words. */
    static List<String> texts(List<Row> rows) {
        return rows.stream().map(DuckDb::text).toList();
    }

    String value(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }

    private static String exact(Column column) {
        String name = '"' + column.name() + '"';
        return switch (column.type()) {
            case TIME -> "epoch_us(" + name + ")";
            case DATE -> "date_diff('day', DATE '1970-01-01', " + name + ")";
            default -> name;
        };
    }

    private String text(ResultSet result) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < schema.columns().size(); i++) {
            Object value = result.getObject(i + 1);
            values.add(value instanceof Double number ? bits(number) : String.valueOf(value));
        }
        return String.join("|", values);
    }

    private static String text(Row row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.schema().columns().size(); i++) {
            values.add(
                    row.isNull(i)
                            ? "null"
                            : switch (row.schema().columns().get(i).type()) {
                                case DOUBLE -> bits(row.doubleAt(i));
                                case LONG, TIME, DATE -> Long.toString(row.longAt(i));
                                case FLAG -> Boolean.toString(row.flag(i));
                                case TEXT -> row.text(i);
                            });
        }
        return String.join("|", values);
    }

    private static String bits(double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
