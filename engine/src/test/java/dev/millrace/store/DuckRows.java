package dev.millrace.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a query gives, read from a connection of DuckDB's own. */
public final class DuckRows {

    private DuckRows() {}

    /**
     * Gives each row.
     *
     * @throws IllegalStateException when the query fails, naming it
     */
    public static void each(Connection duck, String sql, Consumer<List<Object>> row) {
        try (Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(rows.getObject(i));
                }
                row.accept(values);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Rows as text, a value after the other. */
    static List<String> lines(Connection duck, String sql) {
        List<String> lines = new ArrayList<>();
        each(duck, sql, row -> lines.add(row.stream().map(String::valueOf).collect(Collectors.joining(" "))));
        return lines;
    }
}
