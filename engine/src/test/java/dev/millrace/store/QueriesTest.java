package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesTest {

    private static final Limits LIMITS = new Limits(1_000, Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private SomeTables tables;

    @BeforeEach
    void open() {
        tables = new SomeTables(folder, SomeTables.config(128L << 20));
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void shouldGiveValuesAsTheSinkPromises() throws IOException {
        CollectedRows rows = new CollectedRows();
        tables.reading.query(
                "SELECT 1, 0.1::DOUBLE, 0.1::FLOAT, 'NaN'::DOUBLE, true, NULL, 1.50::DECIMAL(9,2), 7::HUGEINT,"
                        + " TIMESTAMPTZ '2026-11-23 01:00:00.5+01', TIMESTAMP '2026-03-08 02:30:00', DATE '2026-11-23', [1, 2],"
                        + " current_setting('TimeZone')",
                LIMITS,
                rows);
        assertEquals(
                Arrays.asList(
                        1L,
                        0.1,
                        0.1,
                        "NaN",
                        true,
                        null,
                        "1.50",
                        "7",
                        "2026-11-23T00:00:00.500Z",
                        "2026-03-08T02:30:00",
                        "2026-11-23",
                        "[1, 2]",
                        "UTC"),
                rows.rows().get(0));
    }

    @Test
    void shouldTellThatThereWereMoreRowsThanTheLimit() throws IOException {
        Limits three = new Limits(3, Duration.ofMinutes(1));
        assertTrue(tables.reading.query("FROM range(4)", three, new CollectedRows()));
        assertFalse(tables.reading.query("FROM range(3)", three, new CollectedRows()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range) = hash(b.range + 1)",
                "FROM range(100000000000)",
                "FROM range(100000000000) WHERE hash(range) = 1",
            })
    void shouldEndAQueryThatRunsForEver(String sql) {
        ResultSink nowhere = new CollectedRows() {
            @Override
            public void row(List<Object> values) {
                // there would be too many of them
            }
        };
        Limits shortly = new Limits(Long.MAX_VALUE, Duration.ofMillis(300));
        StoreException ended = assertThrows(StoreException.class, () -> tables.reading.query(sql, shortly, nowhere));
        assertEquals("the query was ended after 0.3 s; narrow it, or give it more time", ended.getMessage());
        assertEquals(0, count("tick_data"), "the next one runs");
    }

    @Test
    void shouldSpillWhatIsLargerThanMemory() throws IOException {
        CollectedRows rows = new CollectedRows();
        tables.reading.query(
                "SELECT count(*), max(place) FROM (SELECT range, row_number() OVER (ORDER BY hash(range)) AS place"
                        + " FROM range(4000000))",
                LIMITS,
                rows);
        assertEquals(List.of(List.of(4_000_000L, 4_000_000L)), rows.rows());
        assertTrue(Files.exists(folder.resolve("spill")), "it fitted into memory: the test proves nothing");
    }

    @Test
    void shouldGiveTheNewestBarsAscending() throws IOException {
        for (int i = 0; i < 5; i++) {
            tables.bar("1m", i, i + 1, i + 1, i + 1, i + 1, 1);
        }
        CollectedRows rows = new CollectedRows();
        tables.reading.bars(asked("BTC", "1m", null, null), new Limits(2, Duration.ofMinutes(1)), rows);
        assertEquals(
                List.of("2026-11-22T00:03:00Z", "2026-11-22T00:04:00Z"),
                rows.rows().stream().map(row -> row.get(0)).toList());
        tables.reading.bars(asked("BTC", "1m", "2026-11-22T00:01:00Z", "2026-11-22T00:03:00Z"), LIMITS, rows);
        assertEquals(
                List.of(2.0, 3.0), rows.rows().stream().map(row -> row.get(1)).toList());
    }

    @Test
    void shouldSayWhatThereIsInsteadOfWhatThereIsNot() {
        assertEquals("there are no bars yet", refusal(asked("BTC", "1m", null, null)));
        tables.bar("1m", 0, 1, 1, 1, 1, 1);
        tables.bar("1h", 0, 1, 1, 1, 1, 1);
        assertEquals("there are no bars of BTX; nearest of 1 symbols is BTC", refusal(asked("BTX", "1m", null, null)));
        assertEquals("BTC has no bars of 5m; it has 1m, 1h", refusal(asked("BTC", "5m", null, null)));
        assertEquals(
                "BTC 1m has bars from 2026-11-22T00:00:00Z until before 2026-11-22T00:01:00Z, none of the time asked for",
                refusal(asked("BTC", "1m", "2026-11-22T00:01:00Z", null)));
    }

    @Test
    void shouldCopyTheTablesWhileTheyAreOpen() throws Exception {
        tables.bar("1m", 0, 1, 1, 1, 1, 1);
        Path copy = folder.resolve("copy.duckdb");
        long[] done = new long[2];
        assertEquals(0, tables.reading.snapshot(copy, (bytes, ofBytes) -> {
            done[0] = bytes;
            done[1] = ofBytes;
        }));
        assertEquals(done[1], done[0]);
        tables.bar("1m", 1, 1, 1, 1, 1, 1);
        try (Database other = Database.open(
                        copy, folder.resolve("lake"), folder.resolve("spill-2"), SomeTables.CONFIG, "test");
                Reading read = Reading.of(other)) {
            CollectedRows rows = new CollectedRows();
            read.query("SELECT count(*) FROM bars", LIMITS, rows);
            assertEquals(List.of(List.of(1L)), rows.rows());
        }
        RefusedException refused =
                assertThrows(RefusedException.class, () -> tables.reading.snapshot(copy, (bytes, ofBytes) -> {}));
        assertEquals(copy + " exists already; name a new file, or remove it first", refused.getMessage());
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().contains(".tmp")).toList());
        }
    }

    @Test
    void shouldCopyWhatIsCommittedWhileAnotherTransactionIsOpen() throws Exception {
        tables.bar("1m", 0, 1, 1, 1, 1, 1);
        Path copy = folder.resolve("copy.duckdb");
        try (DuckDBConnection other = tables.database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("UPDATE ohlcv_bars SET close = 2");
            assertEquals(0, tables.reading.snapshot(copy, (bytes, ofBytes) -> {}));
        }
        try (Connection read = DriverManager.getConnection("jdbc:duckdb:" + copy);
                Statement statement = read.createStatement();
                ResultSet rows = statement.executeQuery("SELECT close FROM ohlcv_bars")) {
            assertTrue(rows.next());
            assertEquals(1, rows.getDouble(1));
        }
    }

    /** A process holds the lock on a file until it closes any channel of it; copying must not let another one in. */
    @Test
    void shouldKeepTheFileLockedAfterACopy() throws Exception {
        tables.reading.snapshot(folder.resolve("copy.duckdb"), (bytes, ofBytes) -> {});
        long pid = ProcessHandle.current().pid();
        long inode = (Long) Files.getAttribute(tables.database.file(), "unix:ino");
        assertTrue(
                Files.readAllLines(Path.of("/proc/locks")).stream()
                        .anyMatch(line -> line.contains(" " + pid + " ") && line.contains(":" + inode + " ")),
                "nothing locks inode " + inode);
    }

    private String refusal(BarsAsked asked) {
        return assertThrows(RefusedException.class, () -> tables.reading.bars(asked, LIMITS, new CollectedRows()))
                .getMessage();
    }

    private static BarsAsked asked(String symbol, String timeframe, String from, String to) {
        return new BarsAsked(
                symbol,
                timeframe,
                "trade",
                Optional.ofNullable(from).map(Instant::parse),
                Optional.ofNullable(to).map(Instant::parse));
    }

    private long count(String table) {
        CollectedRows rows = new CollectedRows();
        try {
            tables.reading.query("SELECT count(*) FROM " + table, LIMITS, rows);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return (Long) rows.rows().get(0).get(0);
    }
}
