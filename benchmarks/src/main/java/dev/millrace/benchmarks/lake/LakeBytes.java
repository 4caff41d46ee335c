package dev.millrace.benchmarks.lake;

import dev.millrace.benchmarks.Arguments;
import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Scratch;
import dev.millrace.benchmarks.Surroundings;
import dev.millrace.lake.Compression;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.SequenceRange;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bytes a tick in the lake, by column, against the JSON that it came in: recorded trades of four coins, as the venue told
 * them, and a made-up day.
 *
 * <p>Arguments: made-up ticks; the folder of the recordings, without which only those are measured.
 */
public final class LakeBytes {

    private static final Schema TICKS = Dataset.TICK_DATA.schema();
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "WLFI");
    private static final String HASH = "0x" + "0".repeat(64);
    private static final String USER = "0x" + "0".repeat(40);
    private static final double AIM = 15;

    private final LakeWriter lake;
    private final int madeUp;
    private final Markdown page;

    private LakeBytes(LakeWriter lake, int madeUp, Markdown page) {
        this.lake = lake;
        this.madeUp = madeUp;
        this.page = page;
    }

    public static void main(String[] args) throws IOException, SQLException {
        int madeUp = new Arguments(args).number(0, 1_000_000);
        Markdown page = new Markdown();
        page.line("# What a tick takes in the lake");
        page.line("");
        Surroundings.print(
                page,
                LakeBytes.class,
                named(args),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
        page.line(
                "- workload: recorded trades of %s over ten minutes of 2025-09-03, and %,d made-up ones; ZSTD",
                COINS, madeUp);
        page.line("- the JSON is the element of the venue's array alone: coin, side, px, sz, time, hash, tid, users");
        page.line("- not included: the JSON around the elements, the journal's own bytes");
        try (Scratch scratch = Scratch.make("lake")) {
            LakeBytes bytes =
                    new LakeBytes(new LakeWriter(scratch.folder(), Compression.ZSTD, "benchmark"), madeUp, page);
            if (args.length > 1) {
                bytes.recorded(Path.of(args[1]));
            }
            bytes.madeUp();
        }
        page.save(Results.page("lake-bytes.md"));
    }

    /** The folder's own name tells nothing. */
    private static String[] named(String[] args) {
        return args.length > 1 ? new String[] {args[0], "RECORDINGS"} : args;
    }

    /** A recorded trade; those of one message have one time of receipt. */
    private record Tick(BigDecimal received, String price, String size, boolean buy, long id, long timeMs) {

        static Tick of(String line) {
            String[] fields = line.split(",", -1);
            return new Tick(
                    new BigDecimal(fields[0]),
                    fields[1],
                    fields[2],
                    fields[3].equals("buy"),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]));
        }

        int jsonBytes(String coin) {
            return ("{\"coin\":\"" + coin + "\",\"side\":\"B\",\"px\":\"" + price + "\",\"sz\":\"" + size
                            + "\",\"time\":"
                            + timeMs + ",\"hash\":\"" + HASH + "\",\"tid\":" + id + ",\"users\":[\"" + USER + "\",\""
                            + USER
                            + "\"]},")
                    .length();
        }
    }

    private void recorded(Path recordings) throws IOException, SQLException {
        page.heading("## Recorded, ten minutes: files of a few hundred ticks");
        long json = 0;
        long rows = 0;
        for (String coin : COINS) {
            List<Tick> ticks = ticks(recordings.resolve("hyperliquid/csv/djienne-20250903-trades_" + coin + ".csv"));
            json += ticks.stream().mapToLong(tick -> tick.jsonBytes(coin)).sum();
            rows += ticks.size();
            LocalDate day = LocalDate.ofEpochDay(ticks.get(0).timeMs() / 86_400_000);
            lake.replace(new Partition(Dataset.TICK_DATA, coin, day), cursor(ticks), new SequenceRange(1, rows));
        }
        columns(rows, json);
    }

    private static List<Tick> ticks(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            Map<Long, Tick> first = new LinkedHashMap<>(); // a reconnection brought some again
            lines.skip(1).map(Tick::of).forEach(tick -> first.putIfAbsent(tick.id(), tick));
            return first.values().stream()
                    .sorted(Comparator.comparingLong(Tick::timeMs).thenComparingLong(Tick::id))
                    .toList();
        }
    }

    private static RowCursor cursor(List<Tick> ticks) {
        Map<BigDecimal, Long> messages = new LinkedHashMap<>();
        ticks.stream()
                .map(Tick::received)
                .sorted()
                .forEach(time -> messages.putIfAbsent(time, messages.size() * 25L + 1));
        return new Generated(TICKS, ticks.size(), (row, number) -> {
            Tick tick = ticks.get(number);
            row.setLong(TICKS.column("timestamp"), tick.timeMs() * 1_000);
            row.setLong(TICKS.column("trade_id"), tick.id());
            row.setText(TICKS.column("side"), tick.buy() ? "buy" : "sell");
            row.setDouble(TICKS.column("price"), Double.parseDouble(tick.price()));
            row.setDouble(TICKS.column("volume"), Double.parseDouble(tick.size()));
            row.setLong(
                    TICKS.column("received_ns"),
                    tick.received().movePointRight(9).longValue());
            row.setLong(TICKS.column("journal_seq"), messages.get(tick.received()));
        });
    }

    private void madeUp() throws SQLException, IOException {
        page.heading("## Made up, a day of a lively coin in one file");
        for (Partition partition : lake.lake().partitions()) {
            lake.delete(partition);
        }
        lake.replace(
                new Partition(Dataset.TICK_DATA, "BTC", DAY), SomeRows.ticks(DAY, madeUp, 1), new SequenceRange(1, 1));
        columns(madeUp, 0);
    }

    private void columns(long rows, long json) throws SQLException {
        String files = lake.lake().folder().toAbsolutePath() + "/tick_data/*/*/*.parquet";
        long all = 0;
        page.table(List.of("column", "bytes a tick"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet column = statement.executeQuery("SELECT path_in_schema, sum(total_compressed_size)::BIGINT"
                        + " FROM parquet_metadata('" + files + "') GROUP BY 1 ORDER BY 2 DESC")) {
            while (column.next()) {
                all += column.getLong(2);
                page.row(column.getString(1)
                        + String.format(java.util.Locale.ROOT, " | %.2f", (double) column.getLong(2) / rows));
            }
        }
        long bytes = lake.lake().bytes();
        page.row(String.format(
                java.util.Locale.ROOT, "footers and headers of the files | %.2f", (double) (bytes - all) / rows));
        page.row(String.format(java.util.Locale.ROOT, "all | **%.2f**", (double) bytes / rows));
        page.line("");
        page.line(
                "%,d ticks in %,d bytes; without the footers %.2f bytes a tick. Aimed at: at most %.0f; %s.",
                rows, bytes, (double) all / rows, AIM, (double) bytes / rows <= AIM ? "reached" : "**not reached**");
        if (json > 0) {
            page.line(
                    "As JSON they take %.1f bytes a tick, %.1f times as much.",
                    (double) json / rows, (double) json / bytes);
        }
    }
}
