package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older database becomes a newer one with its rows, or stays as it was; a newer one is left alone. */
class MigrationsTest {

    private static final int NEXT = Migrations.LATEST + 1;
    private static final String NEXT_STEP = "CREATE TABLE later (a INTEGER); UPDATE position SET received_ns = 7;";

    @TempDir
    Path folder;

    @Test
    void shouldBringAnOlderDatabaseToTheLatestVersion() throws SQLException {
        inFirstVersion();
        try (DuckDBConnection connection = open()) {
            Migrations.run(file(), connection, "0.2", NEXT, MigrationsTest::step);
        }
        try (DuckDBConnection connection = open()) {
            Migrations.run(file(), connection, "0.2", NEXT, version -> "nothing is left to do");
            assertEquals(
                    List.of("1 0.1", "2 0.2", "3 0.2"),
                    all(connection, "SELECT version, engine FROM schema_version ORDER BY 1"));
            assertEquals(List.of("5 7"), all(connection, "SELECT committed_sequence, received_ns FROM position"));
            assertEquals(List.of("0 0"), all(connection, "SELECT (SELECT count(*) FROM books), count(*) FROM later"));
        }
    }

    @Test
    void shouldLeaveTheOlderVersionWholeWhereAStepFails() throws SQLException {
        inFirstVersion();
        try (DuckDBConnection connection = open()) {
            assertThrows(
                    SQLException.class,
                    () -> Migrations.run(
                            file(), connection, "0.2", NEXT, version -> step(version) + "SELECT * FROM nowhere;"));
        }
        try (DuckDBConnection connection = open()) {
            assertEquals(List.of("1 0.1"), all(connection, "SELECT version, engine FROM schema_version"));
            Migrations.run(file(), connection, "0.2");
            assertEquals(List.of("5 6"), all(connection, "SELECT committed_sequence, received_ns FROM position"));
            assertEquals(
                    List.of("0"), all(connection, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'later'"));
        }
    }

    @Test
    void shouldRefuseANewerDatabaseInWords() throws SQLException {
        inFirstVersion();
        try (DuckDBConnection connection = open()) {
            Migrations.run(file(), connection, "0.2", NEXT, MigrationsTest::step);
            NewerSchemaException refused =
                    assertThrows(NewerSchemaException.class, () -> Migrations.run(file(), connection, "0.1"));
            assertTrue(
                    refused.getMessage()
                            .contains("has tables of version " + NEXT + ", this program knows up to "
                                    + Migrations.LATEST + "; start the newer Millrace"),
                    refused.getMessage());
        }
    }

    @Test
    void shouldRefuseADatabaseOfSomebodyElse() throws SQLException {
        try (DuckDBConnection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE invoices (a INTEGER)");
            StoreException refused =
                    assertThrows(StoreException.class, () -> Migrations.run(file(), connection, "0.1"));
            assertTrue(
                    refused.getMessage().contains("is not Millrace's: it has the tables [invoices]"),
                    refused::getMessage);
        }
    }

    private static String step(int version) {
        return version == NEXT ? NEXT_STEP : Migrations.sql("schema-" + version + ".sql");
    }

    private void inFirstVersion() throws SQLException {
        try (DuckDBConnection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(step(1));
            statement.execute("INSERT INTO schema_version (version, engine, applied_at) VALUES (1, '0.1', now())");
            statement.execute("UPDATE position SET committed_sequence = 5, received_ns = 6");
        }
    }

    private Path file() {
        return folder.resolve("millrace.duckdb");
    }

    private DuckDBConnection open() throws SQLException {
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file());
    }

    private static List<String> all(DuckDBConnection connection, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
                lines.add(String.join(" ", values));
            }
        }
        return lines;
    }
}
