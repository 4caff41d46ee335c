package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.config.StoreConfig;
import dev.millrace.metrics.Counters;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarsInOrderTest {

    private static final StoreConfig CONFIG =
            new StoreConfig(Duration.ofDays(1), 1_000_000, 1 << 29, Duration.ofDays(9), 128 << 20, 1, 1 << 30, false);
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final String KEY = "symbol, timeframe, basis, source, timestamp";
    private static final String CONTENT = "SELECT * FROM ohlcv_bars ORDER BY " + KEY;

    @TempDir
    Path folder;

    private Database database;
    private Flusher flusher;
    private long sequence;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("db"), folder.resolve("lake"), folder.resolve("spill"), CONFIG, "test");
        flusher = new Flusher(
                database, new RowCollector(new Counters()), CONFIG, () -> {}, committed -> {}, new Counters());
    }

    @AfterEach
    void close() {
        flusher.close();
        database.close();
    }

    @Test
    void shouldLayClosedDaysDownInOrderAndKeepEveryRow() throws SQLException {
        threeDays();
        List<String> before = rows(CONTENT);
        pass(TODAY, () -> false);
        assertEquals(before, rows(CONTENT));
        assertEquals(
                rows("SELECT rowid FROM ohlcv_bars WHERE timestamp < TIMESTAMPTZ '2026-11-23 00:00:00Z' ORDER BY "
                        + KEY),
                rows(
                        "SELECT rowid FROM ohlcv_bars WHERE timestamp < TIMESTAMPTZ '2026-11-23 00:00:00Z' ORDER BY rowid"));
        assertEquals(Optional.of(TODAY), ordered());
    }

    @Test
    void shouldKeepTheKeyAndTheColumns() throws SQLException {
        threeDays();
        String before = definition();
        pass(TODAY, () -> false);
        assertEquals(before, definition());
        assertThrows(StoreException.class, () -> change("INSERT INTO ohlcv_bars SELECT * FROM ohlcv_bars LIMIT 1"));
        assertEquals(List.of(), rows("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%_in_order'"));
    }

    @Test
    void shouldTakeWhatIsCommittedMeanwhile() throws SQLException {
        threeDays();
        boolean[] done = {false};
        pass(TODAY, () -> {
            if (!done[0]) {
                done[0] = true;
                late("2026-11-21 00:00:00Z", 1); // of a day that is being copied
                late("2026-11-23 23:59:00Z", 0);
            }
            return false;
        });
        assertEquals(List.of("1"), rows("SELECT revision FROM ohlcv_bars WHERE journal_seq = " + (sequence - 1)));
        assertEquals(List.of("0"), rows("SELECT revision FROM ohlcv_bars WHERE journal_seq = " + sequence));
        assertEquals(List.of("0"), rows("SELECT count(*) - count(DISTINCT (" + KEY + ")) FROM ohlcv_bars"));
    }

    @Test
    void shouldLeaveTheTableAloneWhenStoppedAndBeginAnew() throws SQLException {
        threeDays();
        List<String> before = rows("SELECT rowid, * FROM ohlcv_bars ORDER BY rowid");
        pass(TODAY, () -> true);
        assertEquals(before, rows("SELECT rowid, * FROM ohlcv_bars ORDER BY rowid"));
        assertEquals(Optional.empty(), ordered());
        List<String> content = rows(CONTENT);
        pass(TODAY, () -> false);
        assertEquals(content, rows(CONTENT));
        assertEquals(Optional.of(TODAY), ordered());
    }

    @Test
    void shouldRestUntilAnotherDayHasClosed() throws SQLException {
        threeDays();
        pass(TODAY, () -> false);
        pass(TODAY, () -> {
            throw new AssertionError("it was begun again");
        });
        pass(TODAY.plusDays(1), () -> false);
        assertEquals(Optional.of(TODAY.plusDays(1)), ordered());
    }

    @Test
    void shouldShowAReaderThatHasBegunTheRowsOfItsMoment() throws SQLException {
        threeDays();
        try (DuckDBConnection reader = database.connect()) {
            reader.setAutoCommit(false);
            List<String> before = DuckRows.lines(reader, CONTENT);
            pass(TODAY, () -> false);
            late("2026-11-21 00:00:00Z", 1);
            assertEquals(before, DuckRows.lines(reader, CONTENT));
            assertFalse(before.equals(rows(CONTENT)));
            reader.rollback();
        }
    }

    /** Yesterday, the day before and today, of three symbols and two timeframes, in the order of time. */
    private void threeDays() {
        change("INSERT INTO ohlcv_bars BY NAME SELECT s.symbol, t.timeframe, 'trade' AS basis, 'own' AS source,"
                + " TIMESTAMPTZ '2026-11-21 00:00:00Z' + to_minutes(m * 5) AS timestamp, m AS open, true AS complete,"
                + " false AS repaired, 0 AS revision, TIMESTAMPTZ '2026-11-21 00:00:00Z' AS known_at, 1 + m AS journal_seq"
                + " FROM range(720) r(m), (VALUES ('BTC'), ('ETH'), ('kPEPE')) s(symbol), (VALUES ('1m'), ('5m')) t(timeframe)"
                + " ORDER BY m, symbol, timeframe");
        sequence = 1_000;
        change("UPDATE position SET committed_sequence = " + sequence);
    }

    private void late(String time, int revision) {
        sequence++;
        change("INSERT OR REPLACE INTO ohlcv_bars BY NAME SELECT 'BTC' AS symbol, '1m' AS timeframe, 'trade' AS basis,"
                + " 'own' AS source, TIMESTAMPTZ '" + time
                + "' AS timestamp, 7 AS open, true AS complete, false AS repaired, "
                + revision + " AS revision, TIMESTAMPTZ '2026-11-23 00:00:00Z' AS known_at, " + sequence
                + " AS journal_seq");
    }

    private void pass(LocalDate open, BooleanSupplier stopped) throws SQLException {
        try (DuckDBConnection connection = database.connect()) {
            new BarsInOrder(flusher, stopped, new Counters()).pass(connection, open);
        }
    }

    private Optional<LocalDate> ordered() throws SQLException {
        try (DuckDBConnection connection = database.connect()) {
            return BarsInOrder.ordered(connection);
        }
    }

    private String definition() throws SQLException {
        return rows("SELECT sql FROM duckdb_tables() WHERE table_name = 'ohlcv_bars'")
                .get(0);
    }

    private void change(String sql) {
        flusher.call(owner -> {
            try (Statement statement = owner.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    private List<String> rows(String sql) throws SQLException {
        try (DuckDBConnection connection = database.connect()) {
            return DuckRows.lines(connection, sql);
        }
    }
}
