package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.JournalConfig;
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
import dev.millrace.pipeline.RandomJournal;
import dev.millrace.rebuild.Rebuild;
import dev.millrace.rebuild.RebuildListener;
import dev.millrace.store.Database;
import dev.millrace.store.PartitionChange;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RefusedException;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Days that are made again are what an independent reading of the journal gives, whatever stood in their place. */
@Timeout(120)
class RebuildTest {

    private static final long SEED = 42;
    private static final Instant FIRST = Instant.parse("2023-11-14T00:00:00Z");
    private static final Instant LAST = Instant.parse("2023-12-31T00:00:00Z");

    @TempDir
    Path folder;

    private List<String> expected;

    /** Several days, of which the lake has the closed ones. */
    @BeforeEach
    void store() throws Exception {
        record(RandomJournal.records(SEED, 6_000));
        ExpectedRows rows = ExpectedRows.of(Daemon.journal(folder));
        assertTrue(rows.count() > 500, () -> "too little to prove anything: " + rows.count());
        expected = TableRows.lasting(rows.lastText());
        Counters counters = new Counters();
        run(counters, () -> counters.value("lake.flips") > 5);
        assertStored();
    }

    @Test
    void shouldChangeNothingWhereNothingIsDifferent() throws Exception {
        Told told = rebuild(scope(List.of(), List.of()));
        assertTrue(told.changes.size() > 20, () -> told.changes.toString());
        told.changes.forEach(change -> assertFalse(change.isChanged(), change::toString));
        assertEquals(List.of(), told.left);
        assertStored();
    }

    private RebuildScope scope(List<String> datasets, List<String> timeframes) {
        return RebuildScope.of(FIRST, LAST, datasets, timeframes);
    }

    private Told rebuild(RebuildScope scope) throws Exception {
        EngineConfig config = config();
        Told told = new Told();
        try (Database tables = Database.open(
                config.data().database(),
                config.data().lake(),
                config.data().spill(),
                config.store(),
                EngineVersion.text())) {
            Rebuild.run(config, tables, scope, told);
        }
        assertEquals(
                List.of(), new Lake(config.data().lake()).verify(bytes -> {}).problems());
        return told;
    }

    /** What was told. */
    private static final class Told implements RebuildListener {

        private final List<PartitionChange> changes = new ArrayList<>();
        private final List<String> left = new ArrayList<>();

        @Override
        public void progress(String stage, long done, long of) {
            assertTrue(done <= of, () -> stage + " " + done + " of " + of);
        }

        @Override
        public void rebuilt(PartitionChange change) {
            changes.add(change);
        }

        @Override
        public void left(LocalDate day, String why) {
            left.add(day + " " + why);
        }
    }

    private void assertStored() throws Exception {
        assertEquals(
                expected,
                TableRows.lasting(TableRows.readViews(config().data().database())),
                () -> "seed " + SEED);
    }

    private void record(List<MarketEvent> records) {
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 64);
        try (JournalWriter writer =
                JournalWriter.open(Daemon.journal(folder), config, LocalClock.system(), new Counters())) {
            records.forEach(event -> writer.append(event.copy()));
        }
    }

    private void run(Counters counters, BooleanSupplier enough) {
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        try (StoreRole store = StoreRole.start(config(), () -> {}, counters, errors)) {
            Waiting.until("the store " + store.problem(), enough);
        }
        assertEquals(List.of(), errors.entries());
    }

    private EngineConfig config() {
        return Daemon.config(
                folder,
                URI.create("ws://127.0.0.1:1/ws"),
                URI.create("http://127.0.0.1:1"),
                "store.keep=0 s",
                "lake.roll-interval=50 ms");
    }
}
