package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.config.StoreConfig;
import dev.millrace.market.CandleInterval;
import dev.millrace.metrics.Counters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same minute of the exchange's, read again and again. */
class CandleRowsTest {

    private static final StoreConfig CONFIG = new StoreConfig(
            Duration.ofSeconds(1), 100_000, 32L << 20, Duration.ofDays(3), 1L << 30, 1, 1L << 30, false);
    private static final long START_MS = 1_790_294_400_000L;
    private static final long MINUTE_MS = 60_000;

    @TempDir
    Path folder;

    private final Counters counters = new Counters();
    private final HistoryRows history = new HistoryRows(counters);
    private Database database;
    private BatchWriter writer;
    private Batch batch = new Batch();
    private long sequence;

    @BeforeEach
    void open() throws SQLException {
        database = Database.open(folder.resolve("db"), folder.resolve("lake"), folder.resolve("spill"), CONFIG, "test");
        writer = new BatchWriter(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void shouldKeepTheFirstRowWhenTheExchangeSaysTheSameAgain() throws SQLException {
        read("1.5", false);
        write();
        read("1.5", false);
        read("1.5", false);
        write();
        assertEquals(List.of("1.5 false 1"), rows("ohlcv_bars"));
        assertEquals(List.of(), rows("bar_revisions"));
        assertEquals(3, rows("collected").size(), "that it was asked again is kept");
    }

    @Test
    void shouldKeepWhatTheExchangeHadSaidBeforeItSaidSomethingElse() throws SQLException {
        read("1.5", false);
        write();
        read("1.5", false);
        read("1.6", false);
        read("1.6", false);
        read("1.5", false);
        write();
        assertEquals(List.of("1.5 false 5"), rows("ohlcv_bars"));
        assertEquals(List.of("1.5 false 1", "1.6 false 3"), rows("bar_revisions"));
    }

    @Test
    void shouldMarkTheRowWhenItRepairsAGapThatWasNotKnownBefore() throws SQLException {
        read("1.5", false);
        write();
        read("1.5", true);
        write();
        assertEquals(List.of("1.5 true 2"), rows("ohlcv_bars"));
        assertEquals(List.of("1.5 false 1"), rows("bar_revisions"));
    }

    /** Also where both bars come in one batch. */
    @Test
    void shouldShowTheExchangesCandleInPlaceOfOurOwnOnlyWhereThatIsIncomplete() throws SQLException {
        read("1.5", true);
        own(START_MS, false);
        own(START_MS + MINUTE_MS, true);
        history(START_MS + MINUTE_MS, "9.5", true);
        write();
        List<String> shown = new ArrayList<>();
        query("SELECT source || ' ' || close || ' ' || repaired FROM bars ORDER BY timestamp", shown);
        assertEquals(List.of("exchange 1.5 true", "own 7.0 false"), shown);
    }

    @Test
    void shouldKeepAPagesOtherRowsAndCountTheOddOneAsNotCollected() throws SQLException {
        String page = candle(START_MS, "1.5") + "," + candle(START_MS + MINUTE_MS, "0.5") + ","
                + candle(START_MS + 2 * MINUTE_MS, "1.5") + "," + candle(START_MS + 3 * MINUTE_MS, "1.5");
        String request = InfoRequest.candles(
                        "BTC", CandleInterval.ONE_MINUTE, START_MS - MINUTE_MS, START_MS + 4 * MINUTE_MS - 1)
                .json();
        sequence++;
        long receiveNs = (START_MS + 5 * MINUTE_MS) * 1_000_000;
        history.add(request, ("[" + page + "]").getBytes(StandardCharsets.UTF_8), candle -> false, receiveNs, 1, batch);
        write();
        assertEquals(3, rows("ohlcv_bars").size());
        List<String> whole = new ArrayList<>();
        query(
                "SELECT (epoch_ms(from_time) - " + START_MS + ") // 60000 || ' to ' || (epoch_ms(to_time) - " + START_MS
                        + ") // 60000 || ': ' || rows FROM collected ORDER BY from_time",
                whole);
        assertEquals(List.of("-1 to 1: 1", "2 to 4: 2"), whole);
        assertEquals(1, counters.value("store.refused-rows"));
    }

    private static String candle(long startMs, String close) {
        return "{\"t\":" + startMs + ",\"T\":" + (startMs + MINUTE_MS - 1)
                + ",\"s\":\"BTC\",\"i\":\"1m\",\"o\":\"1.0\",\"c\":\"" + close
                + "\",\"h\":\"99.0\",\"l\":\"1.0\",\"v\":\"3.0\",\"n\":4}";
    }

    private void read(String close, boolean repairing) {
        history(START_MS, close, repairing);
    }

    private void history(long startMs, String close, boolean repairing) {
        sequence++;
        String request = InfoRequest.candles("BTC", CandleInterval.ONE_MINUTE, startMs, startMs + MINUTE_MS - 1)
                .json();
        String body = "[" + candle(startMs, close) + "]";
        history.add(
                request,
                body.getBytes(StandardCharsets.UTF_8),
                candle -> repairing,
                (startMs + MINUTE_MS + sequence) * 1_000_000,
                sequence,
                batch);
    }

    private void own(long startMs, boolean complete) {
        sequence++;
        RowBuffer rows = batch.of(Table.OHLCV_BARS)
                .text("BTC")
                .text("1m")
                .text("trade")
                .text("own")
                .time(startMs);
        for (int i = 0; i < 8; i++) {
            rows.number(7);
        }
        rows.whole(4)
                .none()
                .none()
                .none()
                .flag(complete)
                .flag(false)
                .whole(0)
                .timeOfNs(1)
                .whole(sequence)
                .end();
    }

    private void write() throws SQLException {
        batch.reaches(sequence, sequence);
        writer.write(batch);
        batch = new Batch();
    }

    private List<String> rows(String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        query(
                "SELECT " + (table.equals("collected") ? "rows" : "close || ' ' || repaired || ' ' || journal_seq")
                        + " FROM " + table + " ORDER BY journal_seq",
                rows);
        return rows;
    }

    private void query(String sql, List<String> into) throws SQLException {
        try (Connection other = database.connect();
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                into.add(row.getString(1));
            }
        }
    }
}
