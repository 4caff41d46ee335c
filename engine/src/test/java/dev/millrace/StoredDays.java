package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.JournalConfig;
import dev.millrace.config.SnapshotConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.lake.Compression;
import dev.millrace.lake.Lake;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.PartitionReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.Market;
import dev.millrace.rebuild.Rebuild;
import dev.millrace.rebuild.RebuildListener;
import dev.millrace.state.RecordedJournal;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.state.Snapshots;
import dev.millrace.store.Database;
import dev.millrace.store.PartitionChange;
import dev.millrace.store.RebuildScope;
import dev.millrace.strategy.StrategyHost;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A data directory with a journal, snapshots of it, and the tables and the lake that the store has made of it. */
final class StoredDays {

    private static final int SNAPSHOT_EVERY = 250;
    private static final String[] TO_THE_LAKE = {"store.keep=0 s", "lake.roll-interval=50 ms"};
    private static final String[] IN_THE_TABLES = {"lake.roll-interval=1 h"};

    private final Path folder;

    private StoredDays(Path folder) {
        this.folder = folder;
    }

    /** Closed days are in the lake, the last one is in the tables. */
    static StoredDays of(Path folder, List<MarketEvent> records) {
        return of(folder, records, records.size());
    }

    /** The same, with a journal of several files. */
    static StoredDays of(Path folder, List<MarketEvent> records, int recordsInFile) {
        StoredDays days = new StoredDays(folder);
        days.record(records, recordsInFile);
        days.store(counters -> days.holds(Dataset.TICK_DATA, 2) && days.holds(Dataset.OHLCV, 2), TO_THE_LAKE);
        return days;
    }

    /** All is in the tables, and there is no lake. */
    static StoredDays inTables(Path folder, List<MarketEvent> records) {
        StoredDays days = new StoredDays(folder);
        days.record(records, records.size());
        days.storeInTables(records.size());
        return days;
    }

    /** The same once more. */
    StoredDays copyTo(Path other) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = other.resolve(folder.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return new StoredDays(other);
    }

    private void record(List<MarketEvent> records, int recordsInFile) {
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 64);
        Counters counters = new Counters();
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        SnapshotFolder states =
                new SnapshotFolder(folder.resolve("state"), "capture", "test", Market.SEMANTICS_VERSION);
        Market market = new Market(new StrategyHost(List::of, counters, errors), (gap, receiveNs) -> {}, counters);
        long[] writtenNs = {LocalClock.system().nowNs() - TimeUnit.DAYS.toNanos(2)};
        try (JournalWriter writer =
                JournalWriter.open(Daemon.journal(folder), config, () -> writtenNs[0], new Counters())) {
            for (MarketEvent event : records) {
                MarketEvent copy = event.copy();
                writtenNs[0] += TimeUnit.HOURS.toNanos(1) / recordsInFile;
                writer.append(copy);
                market.onEvent(copy);
                if (copy.sequence() % SNAPSHOT_EVERY == 0) {
                    Snapshots.launch(
                                    states,
                                    new SnapshotConfig(Duration.ofSeconds(30), 100),
                                    new RecordedJournal(writer::sync),
                                    counters,
                                    errors)
                            .stop(market);
                }
            }
        }
        assertEquals(List.of(), errors.entries());
    }

    /** A store that follows the journal, for the caller to close. */
    StoreRole start(ErrorLog errors) {
        return StoreRole.start(config(TO_THE_LAKE), () -> {}, new Counters(), errors);
    }

    /** Lets the store follow the journal to its end. */
    void store(Predicate<Counters> enough, String... settings) {
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        Counters counters = new Counters();
        try (StoreRole store = StoreRole.start(config(settings), () -> {}, counters, errors)) {
            Waiting.until("the store " + store.problem(), () -> enough.test(counters));
        }
        assertEquals(List.of(), errors.entries());
    }

    /** Likewise, up to this record; nothing leaves the tables. */
    void storeInTables(long sequence) {
        store(counters -> counters.value("store.sequence") >= sequence, IN_THE_TABLES);
    }

    private EngineConfig config(String... settings) {
        return Daemon.config(folder, URI.create("ws://127.0.0.1:1/ws"), URI.create("http://127.0.0.1:1"), settings);
    }

    Path journal() {
        return Daemon.journal(folder);
    }

    Path database() {
        return config().data().database();
    }

    Lake lake() {
        return new Lake(config().data().lake());
    }

    /** What a rebuild told. */
    static class Told implements RebuildListener {

        final List<PartitionChange> changes = new ArrayList<>();
        final List<String> left = new ArrayList<>();
        final List<String> stages = new ArrayList<>();
        long records;

        @Override
        public void progress(String stage, long done, long of) {
            records = stage.equals("records") ? of : records;
            if (!stages.contains(stage)) {
                stages.add(stage);
            }
            assertEquals(true, done <= of, () -> stage + " " + done + " of " + of);
        }

        @Override
        public void rebuilt(PartitionChange change) {
            changes.add(change);
        }

        @Override
        public void left(LocalDate day, String why) {
            left.add(day + " " + why);
        }

        List<PartitionChange> changed() {
            return changes.stream().filter(PartitionChange::isChanged).toList();
        }
    }

    /** As the command does where no daemon runs. */
    Told rebuild(RebuildScope scope) throws Exception {
        Told told = new Told();
        rebuild(scope, told);
        assertEquals(List.of(), lake().verify(bytes -> {}).problems());
        return told;
    }

    /** Likewise, whatever the lake is like afterwards. */
    void rebuild(RebuildScope scope, Told told) throws Exception {
        EngineConfig config = config();
        try (Database tables = Database.open(
                config.data().database(),
                config.data().lake(),
                config.data().spill(),
                config.store(),
                EngineVersion.text())) {
            Rebuild.run(config, tables, scope, told);
        }
    }

    /** Changes the tables behind the program's back. */
    void damage(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private boolean holds(Dataset dataset, int partitions) {
        List<Partition> all = Files.exists(lake().folder()) ? lake().partitions() : List.of();
        return !all.isEmpty() && firstDay(all, dataset).size() >= partitions;
    }

    /** The n-th partition of a dataset and the first day, which is read from the lake. */
    Partition inLake(Dataset dataset, int n) {
        return firstDay(lake().partitions(), dataset).get(n);
    }

    private static List<Partition> firstDay(List<Partition> all, Dataset dataset) {
        LocalDate first =
                all.stream().map(Partition::date).min(LocalDate::compareTo).orElseThrow();
        return all.stream()
                .filter(partition ->
                        partition.dataset() == dataset && partition.date().equals(first))
                .toList();
    }

    /** Bars of trades of one length that a condition holds for, without what only the journal knows. */
    List<String> bars(String timeframe, String condition) throws SQLException {
        return query("SELECT symbol, epoch_ms(timestamp), open, high, low, close, round(volume, 6), trade_count"
                + " FROM all_bars WHERE timeframe = '" + timeframe + "' AND basis = 'trade' AND trade_count > 0"
                + condition);
    }

    /** The same, of the ticks that are there. */
    List<String> barsOfTicks(int seconds, String condition) throws SQLException {
        return query("SELECT symbol, epoch_ms(time_bucket(INTERVAL '" + seconds + " seconds', timestamp)) AS t,"
                + " arg_min(price, (timestamp, journal_seq, trade_id)), max(price), min(price),"
                + " arg_max(price, (timestamp, journal_seq, trade_id)), round(sum(volume), 6), count(*) FROM ticks"
                + " WHERE true" + condition + " GROUP BY symbol, t");
    }

    /** Sorted. */
    List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(row.getString(i));
                    }
                    rows.add(String.join("|", values));
                }
            }
        }
        return rows.stream().sorted().toList();
    }

    /** Puts a sound file in the place of another, which lacks every other row. */
    void thinOut(Partition partition) {
        PartitionReader rows = lake().read(partition);
        new LakeWriter(lake().folder(), Compression.ZSTD, "a stranger")
                .replace(partition, new EveryOther(rows), rows.facts().sequences());
    }

    private record EveryOther(RowCursor rows) implements RowCursor {

        @Override
        public boolean next() {
            boolean skipped = rows.next();
            return skipped && rows.next();
        }

        @Override
        public Row row() {
            return rows.row();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
