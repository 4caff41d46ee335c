package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.journal.JournalReader;
import dev.millrace.lake.Lake;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Tail;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the tables and the lake of a data directory hold, held against the journal: row for row what a replay of its records
 * up to the tables' position makes, none twice, none missing. Nothing is changed there, and no daemon may run.
 */
public final class StoreAudit {

    private static final int DIFFERENCES_SHOWN = 6;
    private static final String SECONDS = "ohlcv_1s ";
    private static final String GAPS = "feed_gaps ";
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Path data;
    private final Path copy;
    private long sequence;
    private long receiveNs;
    private long rows;

    private StoreAudit(Path data, Path copy) {
        this.data = data;
        this.copy = copy;
    }

    /**
     * Compares all rows.
     *
     * @param scratch folder for a copy of the database, which opening it would change
     * @throws AssertionError naming the first rows that differ
     */
    public static StoreAudit of(Path data, Path scratch) throws IOException, SQLException, InterruptedException {
        StoreAudit audit = new StoreAudit(data, scratch.resolve("audited.duckdb"));
        Files.createDirectories(scratch);
        if (audit.copied()) {
            audit.compare();
        }
        return audit;
    }

    /** The journal's record that the tables reach to; 0 without tables. */
    public long sequence() {
        return sequence;
    }

    /** Rows compared. */
    public long rows() {
        return rows;
    }

    /** The tables reach to the end of the journal, and each file of the lake is sound. */
    public void requireWhole() {
        try (JournalReader reader = JournalReader.open(Daemon.journal(data))) {
            assertEquals(reader.lastSequence(), sequence, "the tables reach to the journal's end");
        }
        assertEquals(List.of(), new Lake(lake()).verify(bytes -> {}).problems());
    }

    private Path lake() {
        return data.resolve("lake");
    }

    /** False where there are no tables yet. */
    private boolean copied() throws IOException, SQLException {
        boolean found = copy("");
        copy(".wal");
        if (found) {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + copy);
                    Statement statement = connection.createStatement()) {
                found = holds(statement, "duckdb_tables() WHERE table_name = 'books'"); // made by the last migration
                if (found) {
                    readPosition(statement);
                }
            }
        }
        return found;
    }

    private boolean copy(String ending) throws IOException {
        Path to = Path.of(copy + ending);
        Files.deleteIfExists(to);
        Path from = data.resolve("millrace.duckdb" + ending);
        boolean there = Files.exists(from);
        if (there) {
            Files.copy(from, to);
        }
        return there;
    }

    private void readPosition(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT committed_sequence, received_ns FROM position")) {
            row.next();
            sequence = row.getLong(1);
            receiveNs = row.getLong(2);
        }
    }

    private static boolean holds(Statement statement, String what) throws SQLException {
        return count(statement, what) > 0;
    }

    private static long count(Statement statement, String what) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + what)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void compare() throws IOException, SQLException, InterruptedException {
        List<String> actual = TableRows.readBoth(copy, lake());
        ExpectedRows made = expected();
        Set<String> last = new HashSet<>(made.lastText());
        List<String> expected = withoutExpired(withoutReplaced(made.text(), last, actual), actual);
        rows = expected.size();
        if (!expected.equals(actual)) {
            throw new AssertionError(difference(expected, actual));
        }
        copied();
        compareViews(expected, last);
    }

    /** A file of the lake keeps of a gap what was told last, the tables each report. */
    private static List<String> withoutReplaced(List<String> expected, Set<String> last, List<String> actual) {
        Set<String> held = new HashSet<>(actual);
        return expected.stream()
                .filter(row -> !row.startsWith(GAPS) || last.contains(row) || held.contains(row))
                .toList();
    }

    /** What the tables alone hold leaves them by whole days; what is left is there once, the newest day all of it. */
    private static List<String> withoutExpired(List<String> expected, List<String> actual) {
        Set<String> held = new HashSet<>(actual);
        long newest = expected.stream()
                .filter(StoreAudit::mayExpire)
                .mapToLong(StoreAudit::day)
                .max()
                .orElse(0);
        return expected.stream()
                .filter(row -> !mayExpire(row) || day(row) == newest || held.contains(row))
                .toList();
    }

    private static boolean mayExpire(String row) {
        return row.startsWith(SECONDS);
    }

    /** The day of a bar of a second: symbol, timeframe, basis and source come before its time. */
    private static long day(String row) {
        return Long.parseLong(row.split("\\|", -1)[4]) / MICROS_PER_DAY;
    }

    private ExpectedRows expected() throws IOException, InterruptedException {
        ExpectedRows expected = new ExpectedRows();
        Counters counters = new Counters();
        StrategyHost nobody = new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC()));
        if (sequence > 0) {
            SnapshotFolder none = new SnapshotFolder(data.resolve("no-state"), "none", "", Market.SEMANTICS_VERSION);
            Tail.open(
                            Daemon.journal(data),
                            none,
                            () -> new Market(nobody, (gap, receivedNs) -> {}, expected, expected, counters),
                            sequence,
                            receiveNs,
                            applied -> {})
                    .close();
        }
        return expected;
    }

    /** The program's own joining of both sides shows as many rows. */
    private void compareViews(List<String> expected, Set<String> last) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + copy);
                Statement statement = connection.createStatement()) {
            if (holds(statement, "duckdb_views() WHERE view_name = 'ticks'")) {
                for (Map.Entry<String, String> view : Map.of(
                                "ticks",
                                "tick_data",
                                "tops",
                                "book_tops",
                                "levels",
                                "books",
                                "contexts",
                                "asset_context",
                                "all_bars",
                                "ohlcv_bars")
                        .entrySet()) {
                    long wanted = expected.stream()
                            .filter(row -> row.startsWith(view.getValue() + " "))
                            .count();
                    assertEquals(wanted, count(statement, view.getKey()), () -> "rows of the view " + view.getKey());
                }
                long gaps = last.stream().filter(row -> row.startsWith(GAPS)).count();
                assertEquals(gaps, count(statement, "gaps"), "rows of the view gaps");
            }
        }
    }

    /** The first rows that differ, in words. */
    static String difference(List<String> expected, List<String> actual) {
        List<String> missing = without(expected, actual);
        List<String> tooMany = without(actual, expected);
        return "of " + expected.size() + " rows " + missing.size() + " are missing:\n" + first(missing) + "\nand "
                + tooMany.size() + " are too many:\n" + first(tooMany);
    }

    private static List<String> without(List<String> rows, List<String> others) {
        Map<String, Integer> left = new HashMap<>();
        others.forEach(row -> left.merge(row, 1, Integer::sum));
        List<String> without = new ArrayList<>();
        for (String row : rows) {
            if (left.merge(row, -1, Integer::sum) < 0) {
                without.add(row);
            }
        }
        return without;
    }

    private static String first(List<String> rows) {
        return String.join("\n", rows.subList(0, Math.min(rows.size(), DIFFERENCES_SHOWN)));
    }
}
