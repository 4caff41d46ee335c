package dev.millrace.store;

import dev.millrace.config.StoreConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

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
        double vwap = (high + low + close) / 3;
        run(String.format(
                Locale.ROOT,
                "INSERT INTO ohlcv_bars BY NAME SELECT 'BTC' AS symbol, '%s' AS timeframe, 'trade' AS basis, 'own' AS source,"
                        + " TIMESTAMPTZ '%s' + to_seconds(%d * timeframe_seconds('%s')) AS timestamp, %s::DOUBLE AS open,"
                        + " %s::DOUBLE AS high, %s::DOUBLE AS low, %s::DOUBLE AS close, %s::DOUBLE AS volume,"
                        + " %s::DOUBLE AS quote_volume, %s::DOUBLE AS vwap, 0 AS buy_volume, 1 AS trade_count, %s AS complete,"
                        + " false AS repaired, 0 AS revision, TIMESTAMPTZ '%s' AS known_at, %d AS journal_seq",
                timeframe,
                START,
                bucket,
                timeframe,
                open,
                high,
                low,
                close,
                volume,
                volume * vwap,
                vwap,
                complete,
                START,
                ++sequence));
    }

    @Override
    public void close() {
        try (database) {
            reading.close();
        }
    }
}
