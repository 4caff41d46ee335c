package dev.millrace.benchmarks.lake;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.millrace.benchmarks.Arguments;
import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Samples;
import dev.millrace.benchmarks.Scratch;
import dev.millrace.benchmarks.Surroundings;
import dev.millrace.lake.Compression;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.SequenceRange;
import dev.millrace.tables.Dataset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A lake of a month and of a year: how many files, how large, what writing it takes in open files and memory, and how long
 * plain DuckDB reads the bars of one symbol and of all.
 *
 * <p>Arguments: symbols with bars, symbols with ticks, days of both, ticks a day, days of bars in all.
 */
public final class LakeMonth {

    private static final LocalDate FIRST = LocalDate.parse("2025-11-23");
    private static final int READS = 5;

    private final LakeWriter lake;
    private final Markdown page;
    private long mostOpen;
    private long mostHeap;

    private LakeMonth(LakeWriter lake, Markdown page) {
        this.lake = lake;
        this.page = page;
    }

    public static void main(String[] args) throws IOException, SQLException {
        Arguments given = new Arguments(args);
        int symbols = given.number(0, 200);
        int tickSymbols = given.number(1, 20);
        int month = given.number(2, 30);
        int ticks = given.number(3, 50_000);
        int year = given.number(4, 365);
        Markdown page = new Markdown();
        page.line("# A month and a year in the lake");
        page.line("");
        Surroundings.print(
                page,
                LakeMonth.class,
                args,
                ManagementFactory.getRuntimeMXBean().getInputArguments());
        page.line(
                "- workload: made-up 1m bars of %d symbols, ticks of %d, %,d a day; ZSTD", symbols, tickSymbols, ticks);
        page.line("- read by plain DuckDB in this process, two threads, its file cache off; files in the page cache");
        page.line("- not included: the tables, the engine's views");
        try (Scratch scratch = Scratch.make("lake")) {
            LakeMonth measured = new LakeMonth(new LakeWriter(scratch.folder(), Compression.ZSTD, "benchmark"), page);
            page.heading("## Writing");
            page.table(List.of("what", "files", "MiB", "s", "files/s", "most open files", "most heap, MiB"));
            measured.write(Dataset.OHLCV, symbols, 0, month, 0);
            measured.write(Dataset.TICK_DATA, tickSymbols, 0, month, ticks);
            measured.write(Dataset.OHLCV, symbols, month, year, 0);
            page.heading("## Reading");
            page.table(List.of("what", "rows", "ms: median", "p99", "max"));
            measured.read("a month of 1m bars of one symbol", "C0", month);
            measured.read("a year of one symbol", "C0", year);
            measured.read("a month of " + symbols + " symbols", "*", month);
            measured.read("a year of " + symbols + " symbols", "*", year);
        }
        page.save(Results.page("lake-month.md"));
    }

    private void write(Dataset dataset, int symbols, int fromDay, int toDay, int ticks) {
        if (fromDay >= toDay) {
            return;
        }
        mostOpen = 0;
        mostHeap = 0;
        long bytesBefore = lake.lake().bytes();
        long startNs = System.nanoTime();
        int files = 0;
        for (int day = fromDay; day < toDay; day++) {
            LocalDate date = FIRST.plusDays(day);
            for (int symbol = 0; symbol < symbols; symbol++, files++) {
                long seed = day * 1_000L + symbol;
                lake.replace(
                        new Partition(dataset, "C" + symbol, date),
                        dataset == Dataset.OHLCV ? SomeRows.minutes(date, seed) : SomeRows.ticks(date, ticks, seed),
                        new SequenceRange(1, 1));
                look();
            }
        }
        double seconds = (System.nanoTime() - startNs) / 1e9;
        page.row(String.format(
                Locale.ROOT,
                "%s of %d symbols, days %d to %d | %,d | %,d | %,.1f | %,.0f | %d | %d",
                dataset.label(),
                symbols,
                fromDay + 1,
                toDay,
                files,
                (lake.lake().bytes() - bytesBefore) >> 20,
                seconds,
                files / seconds,
                mostOpen,
                mostHeap));
    }

    private void look() {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        mostOpen = Math.max(mostOpen, system.getOpenFileDescriptorCount());
        mostHeap = Math.max(
                mostHeap,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
    }

    private void read(String what, String symbols, int days) throws SQLException {
        String sql = "SELECT count(*), avg(close), max(timestamp) FROM read_parquet('"
                + lake.lake().folder().toAbsolutePath() + "/ohlcv/symbol=" + symbols
                + "/*/ohlcv.parquet', hive_partitioning = true, hive_types = {'symbol': VARCHAR, 'date': DATE})"
                + " WHERE timeframe = '1m' AND date < DATE '" + FIRST.plusDays(days) + "'";
        Samples ms = new Samples();
        long rows = 0;
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET threads = 2");
            statement.execute("SET enable_external_file_cache = false");
            for (int i = 0; i <= READS; i++) {
                long startNs = System.nanoTime();
                try (ResultSet row = statement.executeQuery(sql)) {
                    row.next();
                    rows = row.getLong(1);
                }
                if (i > 0) { // the first one fills the page cache
                    ms.addMsSince(startNs);
                }
            }
        }
        page.row(String.format(Locale.ROOT, "%s | %,d | %s", what, rows, ms.cells()));
    }
}
