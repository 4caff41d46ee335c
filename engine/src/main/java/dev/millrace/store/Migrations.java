package dev.millrace.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings tables from version to version, {@code schema-1.sql} first; each step is one transaction. */
final class Migrations {

    /** The newest version; there is a {@code schema-N.sql} for each up to it. */
    static final int LATEST = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private Migrations() {}

    static void run(Path file, DuckDBConnection connection, String engineVersion) throws SQLException {
        run(file, connection, engineVersion, LATEST, version -> sql("schema-" + version + ".sql"));
    }

    /** @param steps gives the statements that lead to a version from the one before */
    static void run(Path file, DuckDBConnection connection, String engineVersion, int latest, IntFunction<String> steps)
            throws SQLException {
        int version = version(file, connection);
        if (version > latest) {
            throw new NewerSchemaException(file, version, latest);
        }
        for (int next = version + 1; next <= latest; next++) {
            step(connection, next, steps.apply(next), engineVersion);
            if (version > 0) {
                LOG.info("the tables in {} are of version {} now", file, next);
            }
        }
        requireColumns(file, connection);
    }

    /** 0 where there are no tables at all. */
    private static int version(Path file, DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names =
                    statement.executeQuery("SELECT table_name FROM duckdb_tables() WHERE NOT internal")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            if (tables.isEmpty()) {
                return 0;
            }
            if (!tables.contains("schema_version")) {
                throw new StoreException(file + " is not Millrace's: it has the tables " + tables
                        + "; set data.database to another file");
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void step(DuckDBConnection connection, int version, String statements, String engineVersion)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
            note(connection, version, engineVersion);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void note(DuckDBConnection connection, int version, String engineVersion) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO schema_version (version, engine, applied_at) VALUES (?, ?, now())")) {
            insert.setInt(1, version);
            insert.setString(2, engineVersion);
            insert.execute();
        }
    }

    /** Rows are appended by position, so a table that somebody has altered is refused before the first row. */
    private static void requireColumns(Path file, DuckDBConnection connection) throws SQLException {
        for (Table table : Table.values()) {
            List<String> columns = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet names =
                            statement.executeQuery("SELECT column_name FROM duckdb_columns() WHERE table_name = '"
                                    + table.sqlName() + "' ORDER BY column_index")) {
                while (names.next()) {
                    columns.add(names.getString(1));
                }
            }
            String expected = table.columnNames();
            String found = columns.stream().collect(Collectors.joining(", "));
            if (!found.equals(expected)) {
                throw new StoreException("table " + table.sqlName() + " in " + file + " has the columns (" + found
                        + "), not (" + expected + "); delete the file, it is made again from the journal");
            }
        }
    }

    static String sql(String resource) {
        try (InputStream in = Migrations.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the program's resource " + resource, e);
        }
    }
}
