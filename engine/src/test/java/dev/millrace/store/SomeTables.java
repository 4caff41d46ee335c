package dev.millrace.store;

import dev.millrace.config.StoreConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Tables of a test, filled by SQL; the bars are those of BTC. */
final class SomeTables implements AutoCloseable {

    static final StoreConfig CONFIG = config(256L << 20);

    /** The first bucket of all. */
    static final String START = "2026-11-22T00:00:00Z";

    final Database database;
    final Reading reading;
    private long sequence;

    SomeTables(Path folder) {
        this(folder, CONFIG);
    }

    SomeTables(Path folder, StoreConfig config) {
        database = Database.open(
                folder.resolve("test.duckdb"), folder.resolve("lake"), folder.resolve("spill"), config, "test");
        reading = Reading.of(database);
    }

    static StoreConfig config(long memory) {
        return new StoreConfig(Duration.ofSeconds(1), 1_000, 1 << 20, Duration.ZERO, memory, 2, 4L << 30, true);
    }

    void run(String sql) {
        try (Statement statement = database.owner().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A complete bar of this bucket, counted from the start. */
    void bar(String timeframe, int bucket, double open, double high, double low, double close, double volume) {
        bar(timeframe, bucket, open, high, low, close, volume, true);
    }

    void bar(
            String timeframe,
            int bucket,
            double open,
            double high,
            double low,
            double close,
            double volume,
            boolean complete) {
        bars(timeframe, List.of(new OneBar(bucket, open, high, low, close, volume, complete)));
    }

    /** One of {@link #bars}. */
    record OneBar(int bucket, double open, double high, double low, double close, double volume, boolean complete) {

        String values(long sequence) {
            return "(%d, %s::DOUBLE, %s::DOUBLE, %s::DOUBLE, %s::DOUBLE, %s::DOUBLE, %s, %d)"
                    .formatted(bucket, open, high, low, close, volume, complete, sequence);
        }
    }

    /** All in one statement: one for each costs more than what is tested. */
    void bars(String timeframe, List<OneBar> bars) {
        String values = bars.stream().map(bar -> bar.values(++sequence)).collect(Collectors.joining(", "));
        run("INSERT INTO ohlcv_bars BY NAME SELECT 'BTC' AS symbol, '" + timeframe + "' AS timeframe, 'trade' AS basis,"
                + " 'own' AS source, TIMESTAMPTZ '" + START + "' + to_seconds(bucket * timeframe_seconds('" + timeframe
                + "')) AS timestamp, open, high, low, close, volume, volume * ((high + low + close) / 3) AS quote_volume,"
                + " (high + low + close) / 3 AS vwap, 0 AS buy_volume, 1 AS trade_count, complete, false AS repaired,"
                + " 0 AS revision, TIMESTAMPTZ '" + START + "' AS known_at, journal_seq FROM (VALUES " + values
                + ") AS bar(bucket, open, high, low, close, volume, complete, journal_seq)");
    }

    @Override
    public void close() {
        try (database) {
            reading.close();
        }
    }
}
