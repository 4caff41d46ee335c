package dev.millrace.benchmarks.store;

import dev.millrace.benchmarks.Arguments;
import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Samples;
import dev.millrace.benchmarks.Scratch;
import dev.millrace.benchmarks.Surroundings;
import dev.millrace.config.StoreConfig;
import dev.millrace.metrics.Counters;
import dev.millrace.store.BarsAsked;
import dev.millrace.store.BarsInOrder;
import dev.millrace.store.Database;
import dev.millrace.store.Flusher;
import dev.millrace.store.Limits;
import dev.millrace.store.Reading;
import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import dev.millrace.store.RowCollector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.duckdb.DuckDBConnection;

/**
 * {@code bars} of 5,000 rows out of a month of 1m bars, beside the same prepared statement over plain JDBC, in turn: as the
 * rows came, and laid down in order; then the newest 5,000 from memory, compared with the tables row for row. What the
 * commits wait while the rows are laid down in order is measured too.
 *
 * <p>Arguments: symbols, days, rounds.
 */
public final class BarsReading {

    private static final int ROWS = 5_000;
    private static final int MINUTES = 1_440;
    private static final int WARM_UP = 20;
    private static final long MINUTE_MS = 60_000;
    private static final LocalDate FIRST = LocalDate.parse("2026-10-24");
    private static final long FIRST_MS = FIRST.toEpochDay() * MINUTES * MINUTE_MS;
    private static final Limits LIMITS = new Limits(ROWS, Duration.ofMinutes(1));
    private static final double ALLOWED = 1.5;
    private static final double ALLOWED_MS = 1;
    private static final String COLUMNS = "timestamp, open, high, low, close, volume, quote_volume, vwap, buy_volume,"
            + " trade_count, samples, first_time, last_time, complete, repaired, revision, known_at, source";
    private static final String PLAIN = "SELECT " + COLUMNS + " FROM (SELECT " + COLUMNS + " FROM bars"
            + " WHERE symbol = ? AND timeframe = ? AND basis = ? AND timestamp >= ? AND timestamp < ?"
            + " ORDER BY timestamp DESC LIMIT ?) ORDER BY timestamp";

    private final int symbols;
    private final int days;
    private final int rounds;
    private final Markdown page;
    private final Random random = new Random(1);
    private long sequence;

    /** The rows of an answer. */
    private record Answer(List<List<Object>> rows) implements ResultSink {

        Answer() {
            this(new ArrayList<>());
        }

        @Override
        public void columns(List<ResultColumn> columns) {
            // the same for all
        }

        @Override
        public void row(List<Object> values) {
            rows.add(values);
        }
    }

    private BarsReading(Arguments given, Markdown page) {
        symbols = given.number(0, 100);
        days = given.number(1, 30);
        rounds = given.number(2, 200);
        this.page = page;
    }

    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        Markdown page = new Markdown();
        page.line("# Reading bars");
        page.line("");
        Surroundings.print(
                page,
                BarsReading.class,
                args,
                ManagementFactory.getRuntimeMXBean().getInputArguments());
        BarsReading measured = new BarsReading(new Arguments(args), page);
        page.line(
                "- workload: 1m bars of %d symbols over %d days, %d rows asked for; a random symbol and time each",
                measured.symbols, measured.days, ROWS);
        page.line(
                "- the database with the daemon's default settings, warm; %d rounds in turn after %d to warm up",
                measured.rounds, WARM_UP);
        page.line("- not included: the control socket and its JSON; the lake; other timeframes");
        try (Scratch scratch = Scratch.make("bars")) {
            measured.run(scratch);
        }
        page.save(Results.page("bars-reading.md"));
    }

    private void run(Scratch scratch) throws IOException, SQLException, InterruptedException {
        StoreConfig config = config(1);
        try (Database database = Database.open(
                scratch.folder().resolve("millrace.duckdb"),
                scratch.folder().resolve("lake"),
                scratch.folder().resolve("spill"),
                config,
                "benchmark")) {
            fill(database);
            page.heading("## Out of the tables");
            page.table(List.of("rows lie", "reader", "ms: median", "p99", "max", "times plain"));
            compare(database, "as they came");
            Commits commits = new Commits();
            RowCollector rows = new RowCollector(new Counters());
            try (Flusher flusher =
                    new Flusher(database, rows, config, () -> {}, commits::onCommitted, new Counters())) {
                putInOrder(database, flusher, rows, commits);
                double ratio = compare(database, "in order");
                page.line("");
                page.line(
                        "Aimed at: at most %.1f times the plain statement; %s.",
                        ALLOWED, ratio <= ALLOWED ? "reached" : "**not reached**");
                commits.print(page);
                newest(database, flusher);
                flusher.finish();
            }
        }
    }

    /** @param flushRows in a commit */
    private static StoreConfig config(int flushRows) {
        return new StoreConfig(
                Duration.ofHours(1), flushRows, 1L << 30, Duration.ofDays(3), 1L << 30, 2, 10L << 30, false);
    }

    /** Minute after minute, all symbols, a day in a commit. */
    private void fill(Database database) {
        SomeBars bars = new SomeBars(symbols);
        RowCollector rows = new RowCollector(new Counters());
        try (Flusher flusher =
                new Flusher(database, rows, config(symbols * MINUTES), () -> {}, committed -> {}, new Counters())) {
            for (int minute = 0; minute < days * MINUTES; minute++) {
                sequence++;
                for (int symbol = 0; symbol < symbols; symbol++) {
                    rows.onEmitted(bars.next(symbol, FIRST_MS + minute * MINUTE_MS), sequence);
                }
                flusher.onRecord(sequence, sequence, System.nanoTime());
            }
            flusher.finish();
        }
    }

    private double compare(Database database, String lie) throws SQLException, IOException {
        Samples ours = new Samples();
        Samples plain = new Samples();
        Connection connection = database.connect();
        try (connection;
                PreparedStatement statement = connection.prepareStatement(PLAIN);
                Reading reading = Reading.of(database)) {
            for (int round = -WARM_UP; round < rounds; round++) {
                Samples unused = new Samples();
                BarsAsked asked = some();
                plain(statement, asked, round < 0 ? unused : plain);
                ours(reading, asked, round < 0 ? unused : ours);
            }
        }
        double ratio = ours.median() / plain.median();
        page.row(lie + " | prepared statement, plain JDBC | " + plain.cells() + " | 1");
        page.row(lie + " | `bars` | " + ours.cells() + String.format(Locale.ROOT, " | %.2f", ratio));
        return ratio;
    }

    private BarsAsked some() {
        int most = Math.max(1, days * MINUTES - ROWS);
        Instant from = Instant.ofEpochMilli(FIRST_MS + random.nextInt(most) * MINUTE_MS);
        return new BarsAsked(
                "C" + random.nextInt(symbols),
                SomeBars.TIMEFRAME.label(),
                "trade",
                Optional.of(from),
                Optional.of(from.plusMillis(ROWS * MINUTE_MS)));
    }

    private static void plain(PreparedStatement statement, BarsAsked asked, Samples into) throws SQLException {
        long startNs = System.nanoTime();
        statement.setObject(1, asked.symbol());
        statement.setObject(2, asked.timeframe());
        statement.setObject(3, asked.basis());
        statement.setObject(4, asked.from().orElseThrow().atOffset(ZoneOffset.UTC));
        statement.setObject(5, asked.to().orElseThrow().atOffset(ZoneOffset.UTC));
        statement.setObject(6, (long) ROWS);
        int rows = 0;
        try (ResultSet row = statement.executeQuery()) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                for (int i = 1; i <= columns; i++) {
                    row.getObject(i);
                }
                rows++;
            }
        }
        into.addMsSince(startNs);
        require(rows, asked);
    }

    private static void ours(Reading reading, BarsAsked asked, Samples into) throws IOException {
        Answer rows = new Answer();
        long startNs = System.nanoTime();
        reading.bars(asked, LIMITS, rows);
        into.addMsSince(startNs);
        require(rows.rows().size(), asked);
    }

    private static void require(int rows, BarsAsked asked) {
        if (rows != ROWS) {
            throw new IllegalStateException(rows + " rows, not " + ROWS + ", of " + asked);
        }
    }

    /** Lays all days but the last down in order, while each 100 ms a commit of one row is made. */
    private void putInOrder(Database database, Flusher flusher, RowCollector rows, Commits commits)
            throws SQLException, InterruptedException {
        Thread others = new Thread(() -> commits.make(flusher, rows, sequence), "others");
        others.start();
        commits.await(WARM_UP);
        commits.during();
        long startNs = System.nanoTime();
        try (DuckDBConnection connection = database.connect()) {
            new BarsInOrder(flusher, () -> false, new Counters()).pass(connection, FIRST.plusDays(days));
        } finally {
            commits.seconds((System.nanoTime() - startNs) / 1e9);
            commits.end();
            others.join();
        }
    }

    private void newest(Database database, Flusher flusher) throws IOException {
        page.heading("## The newest from memory");
        Samples first = new Samples();
        Samples memory = new Samples();
        Samples tables = new Samples();
        try (Reading answering = Reading.beside(flusher, database);
                Reading asking = Reading.of(database)) {
            int kept = Math.min(symbols, 20);
            for (int round = 0; round < rounds; round++) {
                BarsAsked asked = new BarsAsked(
                        "C" + round % kept, SomeBars.TIMEFRAME.label(), "trade", Optional.empty(), Optional.empty());
                Answer one = new Answer();
                long startNs = System.nanoTime();
                answering.bars(asked, LIMITS, one);
                (round < kept ? first : memory).addMsSince(startNs);
                Answer other = new Answer();
                startNs = System.nanoTime();
                asking.bars(asked, LIMITS, other);
                tables.addMsSince(startNs);
                require(one.rows().size(), asked);
                if (!one.rows().equals(other.rows())) {
                    throw new IllegalStateException("memory and tables differ in " + asked);
                }
            }
        }
        page.table(List.of("the newest 5,000", "ms: median", "p99", "max"));
        page.row("out of the tables | " + tables.cells());
        page.row("from memory, asked for the first time | " + first.cells());
        page.row("from memory | " + memory.cells());
        page.line("");
        page.line(
                "Every answer equals the tables' row for row. Aimed at: less than %.0f ms; %s.",
                ALLOWED_MS, memory.median() < ALLOWED_MS ? "reached" : "**not reached**");
    }
}
