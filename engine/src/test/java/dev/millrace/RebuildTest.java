package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.lake.Partition;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Timeframe;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Market;
import dev.millrace.pipeline.RandomJournal;
import dev.millrace.store.PartitionChange;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RefusedException;
import dev.millrace.store.StoreException;
import dev.millrace.strategy.StrategyHost;
import dev.millrace.tables.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days that are made again are what an independent reading of the journal gives, whatever stood in their place. One data
 * directory for all: each test leaves it as it was, but for bars of a further length, and the last one takes the journal away.
 */
@Tag("stress")
@Tag("stress-daemon")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildTest {

    private static final long SEED = 42;
    private static final Instant FIRST = Instant.parse("2023-11-14T00:00:00Z");
    private static final Instant LAST = Instant.parse("2023-12-31T00:00:00Z");
    private static final String FURTHER = "15m";

    @TempDir
    static Path folder;

    private static StoredDays days;
    private static List<MarketEvent> records;
    private static List<String> expected;

    @BeforeAll
    static void store() throws Exception {
        records = RandomJournal.records(SEED, 1_250);
        days = StoredDays.of(folder, records);
        ExpectedRows rows = ExpectedRows.of(Daemon.journal(folder));
        assertTrue(rows.count() > 500, () -> "too little to prove anything: " + rows.count());
        expected = TableRows.lasting(rows.lastText());
        assertStored();
    }

    @Test
    @Order(1)
    void shouldChangeNothingWhereNothingIsDifferent() throws Exception {
        StoredDays.Told told = days.rebuild(all(List.of(), List.of()));
        assertTrue(told.changes.size() > 20, () -> told.changes.toString());
        assertEquals(List.of(), told.changed());
        assertEquals(List.of(), told.left);
        assertEquals(List.of("records", "days"), told.stages);
        assertStored();
    }

    @Test
    @Order(2)
    void shouldMendTablesThatWereDamaged() throws Exception {
        days.damage(
                "DELETE FROM tick_data WHERE trade_id % 3 = 0",
                "INSERT INTO tick_data FROM tick_data WHERE trade_id % 7 = 1",
                "UPDATE ohlcv_bars SET close = close + 1 WHERE timeframe = '1m'",
                "DELETE FROM ohlcv_bars WHERE timeframe = '5m'",
                "INSERT INTO ohlcv_bars BY NAME SELECT * REPLACE ('Z' AS symbol) FROM ohlcv_bars WHERE symbol = 'A'",
                "DELETE FROM book_tops",
                "DELETE FROM books WHERE level > 1",
                "DELETE FROM feed_gaps WHERE journal_seq % 2 = 0");
        List<String> each = Arrays.stream(Dataset.values())
                .filter(dataset -> dataset != Dataset.FUNDING)
                .map(Dataset::label)
                .toList();
        StoredDays.Told told = days.rebuild(all(each, List.of()));
        assertTrue(told.changed().size() > 5, () -> told.changes.toString());
        assertStored();
        assertEquals(List.of(), days.rebuild(all(each, List.of())).changed());
    }

    @Test
    @Order(3)
    void shouldMendFilesThatLackRowsAreTornOrGone() throws Exception {
        Partition thin = days.inLake(Dataset.TICK_DATA, 0);
        Partition bars = days.inLake(Dataset.OHLCV, 1);
        Partition torn = days.inLake(Dataset.TICK_DATA, 1);
        days.thinOut(thin);
        days.thinOut(bars);
        Files.writeString(days.lake().file(torn), "torn", StandardCharsets.UTF_8);
        Files.delete(days.lake().file(days.inLake(Dataset.OHLCV, 0)));
        StoredDays.Told told = days.rebuild(all(List.of("tick_data", "ohlcv"), List.of()));
        assertEquals(4, told.changed().size(), () -> told.changed().toString());
        assertTrue(Files.exists(days.lake().folder().resolve("_damaged/" + torn.path() + "_damaged")));
        assertStored();
    }

    @Test
    @Order(4)
    void shouldLeaveOtherDaysAndDatasetsAlone() throws Exception {
        String later = " WHERE timestamp >= TIMESTAMPTZ '2023-11-15 00:00:00+00'";
        days.damage("DELETE FROM tick_data" + later, "DELETE FROM ohlcv_bars" + later);
        List<String> before = TableRows.readViews(days.database());
        days.rebuild(RebuildScope.of(
                FIRST, Instant.parse("2023-11-15T00:00:00Z"), List.of("ohlcv", "tick_data"), List.of()));
        assertRows(before, TableRows.readViews(days.database()));
        StoredDays.Told told = days.rebuild(since15th(List.of()));
        assertTrue(told.records < records.size() - 250, () -> "from a snapshot: " + told.records);
        assertStored();
    }

    @Test
    @Order(5)
    void shouldBringBarsOfAFurtherLengthAsIfTheyHadBeenMadeFromTheBeginning() throws Exception {
        days.rebuild(since15th(List.of(FURTHER))); // from a snapshot that knows nothing of them
        assertRows(
                further().stream().filter(RebuildTest::isOf15th).toList(),
                TableRows.readViews(days.database()).stream()
                        .filter(RebuildTest::isFurther)
                        .toList());
        StoredDays.Told told = days.rebuild(all(List.of(), List.of(FURTHER)));
        assertTrue(told.changes.stream().allMatch(change -> change.partition().dataset() == Dataset.OHLCV));
        assertRows(
                further(),
                TableRows.readViews(days.database()).stream()
                        .filter(RebuildTest::isFurther)
                        .toList());
        assertStored();
        days.rebuild(all(List.of(), List.of())); // they stay
        assertRows(
                further(),
                TableRows.readViews(days.database()).stream()
                        .filter(RebuildTest::isFurther)
                        .toList());
        assertStored();
    }

    @Test
    @Order(6)
    void shouldBeDoneByAStoreThatRunsWhichThenGoesOn() throws Exception {
        days.damage("DELETE FROM tick_data");
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        try (StoreRole store = days.start(errors)) {
            Waiting.until("the tables", () -> store.reading().isPresent());
            StoredDays.Told told = new StoredDays.Told();
            store.rebuild(all(List.of("tick_data"), List.of()), told);
            assertFalse(told.changed().isEmpty());
            StoredDays.Told gone = new StoredDays.Told() {
                @Override
                public void rebuilt(PartitionChange change) {
                    throw new UncheckedIOException(new IOException("nobody listens"));
                }
            };
            StoreException broken =
                    assertThrows(StoreException.class, () -> store.rebuild(all(List.of(), List.of()), gone));
            assertTrue(broken.getMessage().contains("nobody listens"), broken::getMessage);
            Waiting.until("the tables again", () -> store.reading().isPresent());
        }
        assertEquals(List.of(), errors.entries());
        assertFalse(Files.exists(folder.resolve("millrace.duckdb.rebuild")));
        assertStored();
    }

    @Test
    @Order(7)
    void shouldRefuseARangeInWhichThereIsNothing() {
        Instant early = Instant.parse("2020-01-01T00:00:00Z");
        refused(
                "there is nothing of 2020-01-01 to 2020-01-02, both included; there are the days from 2023-11-1\\d to 2023-\\d\\d-\\d\\d"
                        + " \\(UTC\\)",
                () -> days.rebuild(
                        RebuildScope.of(early, Instant.parse("2020-01-02T10:00:00Z"), List.of(), List.of())));
        refused(
                "there is no time from 2023-12-31 up to but without 2020-01-01: --to is where the range ends and is not"
                        + " part of it; for 2023-12-31 alone give --from 2023-12-31 --to 2024-01-01",
                () -> RebuildScope.of(LAST, early, List.of(), List.of()));
        refused(
                "there is no time from 2023-12-31T10:00:00Z up to but without 2023-12-31T09:00:00Z: .*",
                () -> RebuildScope.of(LAST.plusSeconds(36_000), LAST.plusSeconds(32_400), List.of(), List.of()));
        refused("there is no time from 2020-01-01 .*", () -> RebuildScope.of(early, early, List.of(), List.of()));
        refused(
                "there is no dataset 'ticks'; name some of ohlcv, tick_data, .*",
                () -> RebuildScope.of(early, LAST, List.of("ticks"), List.of()));
        refused(
                "mids is a table but no dataset, and is not made again by itself; name some of ohlcv, .*",
                () -> RebuildScope.of(early, LAST, List.of("ohlcv", "mids"), List.of()));
        refused(
                "rows of funding are not made of the feed; .*",
                () -> RebuildScope.of(early, LAST, List.of("funding"), List.of()));
        refused("timeframes are of bars: .*", () -> RebuildScope.of(early, LAST, List.of("tick_data"), List.of("4h")));
        refused("timeframe 7m must divide a day.*", () -> RebuildScope.of(early, LAST, List.of(), List.of("7m")));
    }

    @Test
    @Order(8)
    void shouldMakeBarsFromTicksWhereTheJournalIsGone() throws Exception {
        Files.move(Daemon.journal(folder), folder.resolve("elsewhere"));
        days.damage("DELETE FROM ohlcv_bars WHERE timeframe = '" + FURTHER + "'");
        StoredDays.Told told = days.rebuild(all(List.of(), List.of(FURTHER, "1d")));
        assertFalse(told.changed().isEmpty());
        assertRows(days.barsOfTicks(900, ""), days.bars(FURTHER, ""));
        assertRows(days.barsOfTicks(86_400, ""), days.bars("1d", ""));
        List<String> complete = days.bars(FURTHER, " AND complete");
        List<String> proven =
                further().stream().filter(row -> row.contains("|true|false|")).toList();
        assertTrue(complete.size() <= proven.size(), () -> complete + " of " + proven);
        assertStored();
        assertTrue(days.rebuild(all(List.of("tick_data"), List.of())).left.stream()
                .allMatch(words -> words.contains(" tick_data: the journal does not go back")));
        assertStored();
    }

    /** By a market that was asked for them before its first record. */
    private static List<String> further() {
        ExpectedRows rows = new ExpectedRows();
        Counters counters = new Counters();
        StrategyHost nobody = new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC()));
        Market market = new Market(nobody, (gap, receiveNs) -> {}, rows, rows, counters)
                .besides(List.of(Timeframe.parse(FURTHER)));
        records.stream().filter(event -> event.kind() != RecordKind.GAP).forEach(event -> market.onEvent(event.copy()));
        return rows.lastText().stream().filter(RebuildTest::isFurther).toList();
    }

    private static boolean isFurther(String row) {
        return row.startsWith("ohlcv_bars ") && (row.contains("|" + FURTHER + "|") || row.contains("|1d|"));
    }

    private static boolean isOf15th(String row) {
        return Long.parseLong(row.split("\\|", -1)[4]) / 1_000
                >= FIRST.plusSeconds(86_400).toEpochMilli();
    }

    private static RebuildScope since15th(List<String> timeframes) {
        return RebuildScope.of(FIRST.plusSeconds(86_400), LAST, List.of(), timeframes);
    }

    private static RebuildScope all(List<String> datasets, List<String> timeframes) {
        return RebuildScope.of(FIRST, LAST, datasets, timeframes);
    }

    private static void refused(String words, org.junit.jupiter.api.function.Executable what) {
        String said = assertThrows(RefusedException.class, what).getMessage();
        assertTrue(said.matches(words), said);
    }

    private static void assertStored() throws Exception {
        assertRows(
                expected,
                TableRows.lasting(TableRows.readViews(days.database())).stream()
                        .filter(row -> !isFurther(row))
                        .toList());
    }

    private static void assertRows(List<String> wanted, List<String> actual) {
        assertTrue(wanted.equals(actual), () -> "seed " + SEED + ": " + StoreAudit.difference(wanted, actual));
    }
}
