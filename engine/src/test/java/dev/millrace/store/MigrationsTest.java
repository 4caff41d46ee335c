package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older database becomes a newer one with its rows, or stays as it was; a newer one is left alone. */
class MigrationsTest {

    private static final String SECOND = "CREATE TABLE later (a INTEGER); UPDATE position SET received_ns = 7;";

    @TempDir
    Path folder;

    private static final int NEXT = Migrations.LATEST + 1;

    /** With the rows it holds, and every table that rows are collected for. */
    @Test
    void shouldBringTheFirstVersionToTheLatest() throws SQLException {
        try (DuckDBConnection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(Migrations.sql("schema-1.sql"));
            statement.execute("INSERT INTO schema_version VALUES (1, '0.1', now());"
                    + " UPDATE position SET committed_sequence = 5, received_ns = 6;"
                    + " INSERT INTO mids VALUES ('BTC', now(), 1.5, 2, 3)");
        }
        try (DuckDBConnection connection = open()) {
            Migrations.run(file(), connection, "0.2");
            assertEquals(
                    List.of("1 0.1", "2 0.2"),
                    DuckRows.lines(connection, "SELECT version, engine FROM schema_version ORDER BY 1"));
            assertEquals(
                    List.of("5 6"), DuckRows.lines(connection, "SELECT committed_sequence, received_ns FROM position"));
            assertEquals(List.of("BTC 1.5 2 3"), DuckRows.lines(connection, "SELECT * EXCLUDE (timestamp) FROM mids"));
            assertEquals(
                    List.of("0"), DuckRows.lines(connection, "SELECT count(*) FROM fear_greed, funding, collected"));
        }
    }

    @Test
    void shouldBringAnOlderDatabaseToTheLatestVersion() throws SQLException {
        inLatestVersion();
        try (DuckDBConnection connection = open()) {
            Migrations.run(file(), connection, "0.2", NEXT, version -> SECOND);
        }
        try (DuckDBConnection connection = open()) {
            Migrations.run(file(), connection, "0.2", NEXT, version -> "nothing is left to do");
            assertEquals(
                    List.of("1 0.1", "2 0.1", "3 0.2"),
                    DuckRows.lines(connection, "SELECT version, engine FROM schema_version ORDER BY 1"));
            assertEquals(
                    List.of("5 7"), DuckRows.lines(connection, "SELECT committed_sequence, received_ns FROM position"));
            assertEquals(List.of("0"), DuckRows.lines(connection, "SELECT count(*) FROM later"));
        }
    }

    @Test
    void shouldLeaveTheOlderVersionWholeWhereAStepFails() throws SQLException {
        inLatestVersion();
        try (DuckDBConnection connection = open()) {
            assertThrows(
                    SQLException.class,
                    () -> Migrations.run(
                            file(), connection, "0.2", NEXT, version -> SECOND + "SELECT * FROM nowhere;"));
        }
        try (DuckDBConnection connection = open()) {
            Migrations.run(file(), connection, "0.1", Migrations.LATEST, version -> "nothing is left to do");
            assertEquals(
                    List.of("1 0.1", "2 0.1"),
                    DuckRows.lines(connection, "SELECT version, engine FROM schema_version ORDER BY 1"));
            assertEquals(
                    List.of("5 6"), DuckRows.lines(connection, "SELECT committed_sequence, received_ns FROM position"));
            assertEquals(
                    List.of("0"),
                    DuckRows.lines(connection, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'later'"));
        }
    }

    @Test
    void shouldRefuseANewerDatabaseInWords() throws SQLException {
        inLatestVersion();
        try (DuckDBConnection connection = open()) {
            Migrations.run(file(), connection, "0.2", NEXT, version -> SECOND);
            NewerSchemaException refused =
                    assertThrows(NewerSchemaException.class, () -> Migrations.run(file(), connection, "0.1"));
            assertTrue(
                    refused.getMessage()
                            .contains("has tables of version 3, this program knows up to 2; start the newer Millrace"),
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

    private void inLatestVersion() throws SQLException {
        try (DuckDBConnection connection = open();
                Statement statement = connection.createStatement()) {
            Migrations.run(file(), connection, "0.1");
            statement.execute("UPDATE position SET committed_sequence = 5, received_ns = 6");
        }
    }

    private Path file() {
        return folder.resolve("millrace.duckdb");
    }

    private DuckDBConnection open() throws SQLException {
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file());
    }
}
