package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query may not do; one database for all, for nothing of it may be changed. */
class RefusedQueriesTest {

    private static final Limits LIMITS = new Limits(1_000, Duration.ofMinutes(1));

    @TempDir
    static Path folder;

    private static SomeTables tables;

    @BeforeAll
    static void open() {
        tables = new SomeTables(folder);
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM tick_data",
                "INSERT INTO position VALUES (1, 1)",
                "CREATE TABLE t AS SELECT 1",
                "SELECT 1; DROP TABLE tick_data",
                "SELECT 1; SELECT 2",
                "ATTACH '/tmp/other.duckdb'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "COPY tick_data TO '/tmp/ticks.csv'",
                "EXPORT DATABASE '/tmp/all'",
                "PRAGMA memory_limit='9GB'",
                "SET threads = 1",
                "CALL enable_logging()",
                "BEGIN",
                "",
                "SELEC 1",
                "SELECT nosuch FROM tick_data",
                "SELECT ?",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM read_parquet('/etc/passwd')",
                "SELECT * FROM glob('/etc/*')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM read_text('../../etc/hostname')",
            })
    void shouldRefuseInOneLine(String sql) throws IOException {
        CollectedRows rows = new CollectedRows();
        RefusedException refused =
                assertThrows(RefusedException.class, () -> tables.reading.query(sql, LIMITS, rows), sql);
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        assertEquals(List.of(), rows.rows());
        CollectedRows ticks = new CollectedRows();
        tables.reading.query("SELECT count(*) FROM tick_data", LIMITS, ticks);
        assertEquals(List.of(List.of(0L)), ticks.rows());
    }
}
