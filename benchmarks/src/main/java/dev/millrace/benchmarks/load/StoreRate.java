package dev.millrace.benchmarks.load;

import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Surroundings;
import dev.millrace.config.EngineConfig;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Tail;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.store.Database;
import dev.millrace.store.Flusher;
import dev.millrace.store.RowCollector;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * How fast the store catches up from the journal, beside what its parts would take alone in the same run: the market
 * without tables, and a bare appender of the same trades. Some rounds in turn.
 *
 * <p>Arguments: messages, rounds.
 */
public final class StoreRate {

    private static final int MESSAGES = 600_000;
    private static final int ROUNDS = 3;

    private final Place place;
    private final EngineConfig config;
    private final List<Double> catchUp = new ArrayList<>();
    private final List<Double> market = new ArrayList<>();
    private final List<Double> appender = new ArrayList<>();
    private long rows;
    private long databaseBytes;

    private StoreRate(Place place) {
        this.place = place;
        config = WorkloadJournal.config(place.folder().resolve("data"), List.of("journal.compress=false"));
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : MESSAGES;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
        Markdown page = new Markdown();
        page.line("# The store behind the journal");
        page.line("");
        Surroundings.print(
                page,
                StoreRate.class,
                args,
                ManagementFactory.getRuntimeMXBean().getInputArguments());
        try (Place place = Place.make(messages)) {
            page.line("- workload: %s", place.content());
            page.line(
                    "- store: default settings; all tables; the journal lies in the page cache and is forced already");
            page.line("- not included: the feed, the journal's own writing, the lake");
            new StoreRate(place).run(rounds, page);
        }
        page.save(Results.page("store-rate.md"));
    }

    private void run(int rounds, Markdown page) throws IOException, InterruptedException, SQLException {
        WorkloadJournal.write(place.content(), config);
        long trades = place.content().tradesIn(place.content().count());
        for (int round = 0; round < rounds; round++) {
            market.add(trades / market());
            catchUp.add(trades / catchUp());
            appender.add(trades / bareAppender());
        }
        page.heading("## Catching up");
        page.line("Trades a second, each with its share of books and mids; %,d trades, %,d rows in all.", trades, rows);
        page.table(List.of("what", "trades/s, by round", "median"));
        row(page, "journal to committed tables", catchUp);
        row(page, "journal to market, no tables", market);
        row(page, "bare appender of the trades alone", appender);
        page.line("");
        page.line(
                "Aimed at: 250,000 trades/s; %s. The database takes %.1f bytes a row.",
                median(catchUp) >= 250_000 ? "reached" : "**not reached**", (double) databaseBytes / rows);
    }

    private static void row(Markdown page, String what, List<Double> rates) {
        String all = String.join(
                ", ",
                rates.stream()
                        .map(rate -> String.format(Locale.ROOT, "%,.0f", rate))
                        .toList());
        page.row(what + " | " + all + " | " + String.format(Locale.ROOT, "%,.0f", median(rates)));
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Seconds until the last record is committed. */
    private double catchUp() throws IOException, InterruptedException, SQLException {
        deleteTables();
        Counters counters = new Counters();
        long start = System.nanoTime();
        RowCollector collector = new RowCollector(counters);
        try (Database tables = Database.open(
                        config.data().database(),
                        config.data().lake(),
                        config.data().spill(),
                        config.store(),
                        EngineVersion.text());
                Tail tail = tail(new Counters(), collector);
                Flusher flusher = new Flusher(tables, collector, config.store(), () -> {}, sequence -> {}, counters)) {
            Market fed = tail.market();
            while (tail.follow(sequence -> flusher.onRecord(fed.sequence(), fed.receiveNs(), System.nanoTime())) > 0) {
                // Until nothing follows.
            }
            flusher.finish();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        rows = counters.value("store.rows");
        databaseBytes = Files.size(config.data().database());
        return seconds;
    }

    private Tail tail(Counters unseen, RowCollector collector) throws IOException, InterruptedException {
        StrategyHost nobody = new StrategyHost(List::of, unseen, new ErrorLog(Clock.systemUTC()));
        SnapshotFolder none = new SnapshotFolder(config.data().state(), "capture", "", Market.SEMANTICS_VERSION);
        return Tail.open(
                config.data().journal(),
                none,
                () -> new Market(nobody, (gap, receiveNs) -> {}, collector, collector, unseen),
                0,
                0,
                sequence -> {});
    }

    /** Seconds of reading, decoding, ordering and making bars: the collector has not begun and takes nothing. */
    private double market() throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Tail tail = tail(new Counters(), new RowCollector(new Counters()))) {
            while (tail.follow(sequence -> {}) > 0) {
                // Until nothing follows.
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Seconds to append the same trades, taken from the tables, to a table of their own, in batches of the same size. */
    private double bareAppender() throws SQLException, IOException {
        Object[][] trades = trades();
        Path file = place.folder().resolve("bare.duckdb");
        Files.deleteIfExists(file);
        long start = System.nanoTime();
        try (DuckDBConnection bare = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file)) {
            try (Statement statement = bare.createStatement()) {
                statement.execute("CREATE TABLE tick_data (symbol VARCHAR, timestamp TIMESTAMPTZ, trade_id BIGINT,"
                        + " side VARCHAR, price DOUBLE, volume DOUBLE, received_ns BIGINT, journal_seq BIGINT)");
            }
            bare.setAutoCommit(false);
            int batch = config.store().flushRows();
            for (int from = 0; from < trades.length; from += batch) {
                append(bare, Arrays.copyOfRange(trades, from, Math.min(trades.length, from + batch)));
                bare.commit();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void append(DuckDBConnection bare, Object[][] rows) throws SQLException {
        try (DuckDBAppender appender = bare.createAppender("main", "tick_data")) {
            for (Object[] row : rows) {
                appender.beginRow();
                appender.append((String) row[0])
                        .appendEpochMicros((long) row[1])
                        .append((long) row[2]);
                appender.append((String) row[3]).append((double) row[4]).append((double) row[5]);
                appender.append((long) row[6]).append((long) row[7]);
                appender.endRow();
            }
        }
    }

    private Object[][] trades() throws SQLException {
        List<Object[]> trades = new ArrayList<>();
        try (Connection tables = DriverManager.getConnection(
                        "jdbc:duckdb:" + config.data().database());
                Statement statement = tables.createStatement();
                ResultSet rows = statement.executeQuery("SELECT symbol, epoch_us(timestamp), trade_id, side, price,"
                        + " volume, received_ns, journal_seq FROM tick_data")) {
            while (rows.next()) {
                Object[] row = new Object[8];
                for (int i = 0; i < row.length; i++) {
                    row[i] = rows.getObject(i + 1);
                }
                trades.add(row);
            }
        }
        return trades.toArray(Object[][]::new);
    }

    private void deleteTables() throws IOException {
        Files.deleteIfExists(config.data().database());
        Files.deleteIfExists(Path.of(config.data().database() + ".wal"));
    }
}
