package dev.millrace.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** An answer as a Parquet file, each column of its own type. One thread. */
public final class ParquetFile implements ResultSink, AutoCloseable {

    private final DuckDBConnection connection;
    private final Path file;
    private List<ResultColumn> columns = List.of();
    private DuckDBAppender rows;

    /**
     * @param file appears with {@link #finish}; what is there is replaced
     * @param spill for answers larger than memory
     */
    public ParquetFile(Path file, Path spill) {
        this.file = file;
        Properties properties = new Properties();
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("temp_directory", spill.toAbsolutePath().toString());
        try {
            connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
            execute("SET TimeZone = 'UTC'");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Values wait as text: DuckDB reads every type from its own text. */
    @Override
    public void columns(List<ResultColumn> answer) {
        columns = answer;
        StringJoiner texts = new StringJoiner(", ", "CREATE TABLE texts (", ")");
        for (int i = 0; i < columns.size(); i++) {
            texts.add("c" + i + " VARCHAR");
        }
        try {
            execute(texts.toString());
            rows = connection.createAppender("main", "texts");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void row(List<Object> values) throws IOException {
        try {
            rows.beginRow();
            for (Object value : values) {
                if (value == null) {
                    rows.appendNull();
                } else {
                    rows.append(value.toString());
                }
            }
            rows.endRow();
        } catch (SQLException e) {
            throw new IOException("cannot keep a row for " + file + ": " + Database.firstLine(e), e);
        }
    }

    /** All rows have come: writes the file. */
    public void finish() {
        StringJoiner typed = new StringJoiner(", ", "COPY (SELECT ", " FROM texts ORDER BY rowid) TO '");
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            typed.add("CAST(c" + i + " AS " + column.type() + ") AS \""
                    + column.name().replace("\"", "\"\"") + "\"");
        }
        try {
            rows.close();
            execute(typed + file.toString().replace("'", "''") + "' (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private StoreException failed(SQLException e) {
        return new StoreException("cannot write " + file + ": " + Database.firstLine(e), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
