package dev.millrace.store;

import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.config.LakeConfig;
import dev.millrace.config.LakeConfig.PageCompression;
import dev.millrace.config.StoreConfig;
import dev.millrace.lake.Compression;
import dev.millrace.lake.LakeWriter;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.Trade;
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

/** Tables and a lake without a journal and without threads of its own but the flusher's: a test is both. */
final class SmallStore implements AutoCloseable {

    static final long DAY_MS = 86_400_000;

    /** 2026-11-23. */
    static final long TODAY_MS = 20_780 * DAY_MS;

    static final long YESTERDAY_MS = TODAY_MS - DAY_MS / 2;
    static final long TOMORROW_MS = TODAY_MS + DAY_MS;

    private final Database database;
    private final RowCollector rows = new RowCollector(new Counters());
    private final Flusher flusher;
    private final LakeWriter lake;
    private final StoreConfig store;
    private final LakeConfig lakeConfig;
    private long sequence;

    SmallStore(Path folder, Duration keep, Duration lakeKeep) {
        store = new StoreConfig(Duration.ofDays(1), 1_000_000, 1 << 29, keep, 128 << 20, 1, 1 << 30, true);
        lakeConfig = new LakeConfig(PageCompression.ZSTD, Duration.ofDays(1), true, lakeKeep);
        database = Database.open(
                folder.resolve("millrace.duckdb"), folder.resolve("lake"), folder.resolve("spill"), store, "test");
        sequence = database.position().sequence();
        flusher = new Flusher(database, rows, store, () -> {}, committed -> {}, new Counters());
        lake = new LakeWriter(folder.resolve("lake"), Compression.ZSTD, "millrace test");
    }

    /** One trade of it, in a record of its own. */
    void trade(String symbol, long timeMs) {
        Trade trade = new Trade();
        sequence++;
        trade.symbolName = symbol;
        trade.timeMs = timeMs;
        trade.tid = sequence;
        trade.price = 100_000_000L * sequence;
        trade.size = 1;
        trade.sizeScale = 8;
        trade.receiveNs = timeMs * 1_000_000;
        rows.onTrade(trade, sequence);
        flusher.onRecord(sequence, trade.receiveNs, 1);
    }

    void mid(String symbol, long timeMs) {
        sequence++;
        rows.onMid(symbol, 100_000_000L, timeMs * 1_000_000, sequence);
        flusher.onRecord(sequence, timeMs * 1_000_000, 1);
    }

    void sentiment(long dayMs, int value, long receiveMs) {
        sequence++;
        rows.onSentiment(new SentimentReading(dayMs, value, "Words", receiveMs * 1_000_000), sequence);
        flusher.onRecord(sequence, receiveMs * 1_000_000, 1);
    }

    /** A page of one candle, asked for when it is over. */
    void collected(String kind, long timeMs) {
        CandleInterval interval = CandleInterval.of(kind);
        collected(kind, timeMs, "1.0", interval.startOf(interval.startOf(timeMs), 1));
    }

    /** A page of one candle, of {@code A}, with one price. */
    void collected(String kind, long timeMs, String price, long receiveMs) {
        sequence++;
        CandleInterval interval = CandleInterval.of(kind);
        long startMs = interval.startOf(timeMs);
        long endMs = interval.startOf(startMs, 1);
        String body =
                "[{\"t\":%d,\"T\":%d,\"s\":\"A\",\"i\":\"%s\",\"o\":\"%4$s\",\"c\":\"%4$s\",\"h\":\"%4$s\",\"l\":\"%4$s\",\"v\":\"1.0\",\"n\":1}]"
                        .formatted(startMs, endMs - 1, kind, price);
        rows.onHistory(
                InfoRequest.candles("A", interval, startMs, endMs - 1).json(),
                body.getBytes(StandardCharsets.UTF_8),
                candle -> false,
                receiveMs * 1_000_000,
                sequence);
        flusher.onRecord(sequence, receiveMs * 1_000_000, 1);
    }

    /** Commits what was given. */
    void commit() {
        flusher.finish();
    }

    /** Commits what was given, the flusher alive. */
    void settle() {
        flusher.onIdle(Long.MAX_VALUE);
        flusher.call(owner -> {});
    }

    /** What is due at this time of the venue, the flusher alive. */
    void roll(long venueMs) throws SQLException {
        settle();
        new Roller(database, flusher, lake, store, lakeConfig, 0, () -> false, new Counters()).pass(venueMs);
    }

    /** Rows as text, a value after the other. */
    List<String> query(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(result.getString(i));
                }
                lines.add(String.join(" ", values));
            }
        }
        return lines;
    }

    @Override
    public void close() {
        try (database) {
            flusher.close();
        }
    }
}
