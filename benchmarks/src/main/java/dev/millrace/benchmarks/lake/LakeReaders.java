package dev.millrace.benchmarks.lake;

import dev.millrace.benchmarks.Arguments;
import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Scratch;
import dev.millrace.benchmarks.Surroundings;
import dev.millrace.lake.Compression;
import dev.millrace.lake.LakeException;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.PartitionReader;
import dev.millrace.lake.SequenceRange;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How often DuckDB's glob fails while partitions are being replaced, and whether what succeeds is right: each version of a
 * partition has a length of its own and its number in every row. A reader that opens each file once reads beside it.
 *
 * <p>Arguments: seconds, partitions.
 */
public final class LakeReaders {

    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final Schema TICKS = Dataset.TICK_DATA.schema();
    private static final int SHORTEST = 2_000;

    private final LakeWriter lake;
    private final int partitions;
    private final AtomicBoolean done = new AtomicBoolean();
    private long replaced;
    private long wrong;
    private boolean told;

    /** What became of the queries of one kind of reader. */
    private static final class Tally {
        private long right;
        private long failed;
        private long failedTwice;
    }

    private LakeReaders(LakeWriter lake, int partitions) {
        this.lake = lake;
        this.partitions = partitions;
    }

    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        int seconds = new Arguments(args).number(0, 60);
        int partitions = new Arguments(args).number(1, 20);
        Markdown page = new Markdown();
        page.line("# Reading the lake while it is written");
        page.line("");
        Surroundings.print(
                page,
                LakeReaders.class,
                args,
                ManagementFactory.getRuntimeMXBean().getInputArguments());
        page.line(
                "- workload: %d partitions, replaced one after the other without a pause, far more often than a daemon does",
                partitions);
        page.line(
                "- a query counts as right when each partition has the rows of one version, whole, and no older one than before");
        try (Scratch scratch = Scratch.make("lake")) {
            LakeWriter lake = new LakeWriter(scratch.folder(), Compression.ZSTD, "benchmark");
            new LakeReaders(lake, partitions).run(seconds, page);
        }
        page.save(Results.page("lake-readers.md"));
    }

    private void run(int seconds, Markdown page) throws SQLException, InterruptedException {
        for (int partition = 0; partition < partitions; partition++) {
            replace(partition, 0);
        }
        Thread writer = new Thread(this::write, "writer");
        writer.start();
        Tally glob;
        Tally union;
        Tally uncached;
        Tally once;
        try {
            glob = globs(seconds, "", true);
            union = globs(seconds, ", union_by_name = true", true);
            uncached = globs(seconds, "", false);
            once = files(seconds);
        } finally {
            done.set(true);
            writer.join();
        }
        page.table(List.of("reader", "queries right", "failed", "of 100", "failed again at once"));
        row(page, "DuckDB's glob", glob);
        row(page, "DuckDB's glob with `union_by_name`: reads all footers first", union);
        row(page, "DuckDB's glob without its cache of files, as the daemon reads", uncached);
        row(page, "a reader that opens each file once", once);
        page.line("");
        page.line(
                "%,d partitions were replaced meanwhile. Answers with wrong, doubled or shrunken rows: %s.",
                replaced, wrong == 0 ? "none" : "**" + wrong + "**");
        if (wrong > 0 || once.failed > 0) {
            throw new IllegalStateException(wrong + " wrong answers; a reader that opens each file once failed "
                    + once.failed + " times: both must be none");
        }
    }

    private void write() {
        for (int version = 1; !done.get(); version++) {
            for (int partition = 0; partition < partitions && !done.get(); partition++) {
                replace(partition, version);
                replaced++;
            }
        }
    }

    private Partition partition(int number) {
        return new Partition(Dataset.TICK_DATA, "C" + number, DAY);
    }

    private void replace(int partition, int version) {
        lake.replace(
                partition(partition),
                new Generated(TICKS, SHORTEST + version, (row, number) -> fill(row, number, version)),
                new SequenceRange(1, 1));
    }

    private static void fill(Row row, int number, int version) {
        row.setLong(TICKS.column("timestamp"), DAY.toEpochDay() * 86_400_000_000L + number * 1_000L);
        row.setLong(TICKS.column("trade_id"), number);
        row.setText(TICKS.column("side"), "buy");
        row.setDouble(TICKS.column("price"), 1 + version);
        row.setDouble(TICKS.column("volume"), 1);
        row.setLong(TICKS.column("received_ns"), number);
        row.setLong(TICKS.column("journal_seq"), 1);
    }

    private Tally globs(int seconds, String option, boolean cache) throws SQLException {
        Path files = lake.lake().folder().toAbsolutePath().resolve("tick_data/*/*/*.parquet");
        String sql = "SELECT symbol, count(*), min(price)::BIGINT, max(price)::BIGINT FROM read_parquet('" + files
                + "', hive_partitioning = true, hive_types = {'symbol': VARCHAR, 'date': DATE}" + option
                + ") GROUP BY 1";
        Tally tally = new Tally();
        long[] versions = new long[partitions];
        long untilNs = System.nanoTime() + seconds * 1_000_000_000L;
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET enable_external_file_cache = " + cache);
            boolean failedBefore = false;
            while (System.nanoTime() < untilNs) {
                boolean failed = !query(duck, sql, versions);
                if (failed) {
                    tally.failed++;
                    tally.failedTwice += failedBefore ? 1 : 0;
                } else {
                    tally.right++;
                }
                failedBefore = failed;
            }
        }
        return tally;
    }

    /** In a statement of its own: one that has failed is closed by the driver. */
    private boolean query(Connection duck, String sql, long[] versions) {
        try (Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int seen = 0;
            while (rows.next()) {
                seen++;
                int partition = Integer.parseInt(rows.getString(1).substring(1));
                check(partition, rows.getLong(2), rows.getLong(3), rows.getLong(4), versions);
            }
            wrong += seen == partitions ? 0 : 1;
            return true;
        } catch (SQLException replacedMeanwhile) {
            if (!told) {
                told = true;
                System.err.println("the first failure: " + replacedMeanwhile.getMessage());
            }
            return false; // counted: this is what is measured
        }
    }

    private Tally files(int seconds) {
        Tally tally = new Tally();
        long[] versions = new long[partitions];
        long untilNs = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < untilNs) {
            try {
                for (int partition = 0; partition < partitions; partition++) {
                    file(partition, versions);
                }
                tally.right++;
            } catch (LakeException e) {
                tally.failed++;
            }
        }
        return tally;
    }

    private void file(int partition, long[] versions) {
        int price = TICKS.column("price");
        long least = Long.MAX_VALUE;
        long most = 0;
        long count = 0;
        try (PartitionReader rows = lake.lake().read(partition(partition))) {
            for (; rows.next(); count++) {
                long value = (long) rows.row().doubleAt(price);
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        check(partition, count, least, most, versions);
    }

    private void check(int partition, long count, long least, long most, long[] versions) {
        long version = least - 1;
        if (least != most || count != SHORTEST + version || version < versions[partition]) {
            wrong++;
            System.err.printf(
                    "partition %d: %d rows of versions %d to %d, after version %d%n",
                    partition, count, version, most - 1, versions[partition]);
        }
        versions[partition] = version;
    }

    private static void row(Markdown page, String what, Tally tally) {
        page.row(String.format(
                java.util.Locale.ROOT,
                "%s | %,d | %,d | %.1f | %,d",
                what,
                tally.right,
                tally.failed,
                100.0 * tally.failed / Math.max(1, tally.failed + tally.right),
                tally.failedTwice));
    }
}
