package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.lake.Partition;
import dev.millrace.pipeline.RandomJournal;
import dev.millrace.store.RebuildScope;
import dev.millrace.tables.Dataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of a journal whose first hour is deleted: days behind the oldest snapshot that is of use are made again from it, of the
 * first day the bars from its ticks.
 */
@Tag("stress")
@Tag("stress-daemon")
@Timeout(120)
class RebuildOfPartJournalTest {

    private static final long SEED = 42;
    private static final LocalDate FIRST = LocalDate.of(2023, 11, 14);
    private static final String OF_FIRST = " AND timestamp < TIMESTAMPTZ '2023-11-15 00:00:00+00'";
    private static final String LATER = " WHERE timestamp >= TIMESTAMPTZ '2023-11-15 00:00:00+00'";
    private static final String LEFT =
            FIRST + " asset_context, book_tops, feed_gaps, tick_data: the journal does not go"
                    + " back to its beginning any more";

    /** Fewer than before the first snapshot. */
    private static final int RECORDS_IN_FILE = 200;

    @TempDir
    static Path original;

    private static StoredDays sound;
    private static List<String> expected;

    @TempDir
    Path folder;

    private StoredDays days;

    @BeforeAll
    static void store() throws Exception {
        sound = StoredDays.of(original, RandomJournal.records(SEED, 1_250), RECORDS_IN_FILE);
        expected = TableRows.lasting(ExpectedRows.of(sound.journal()).lastText());
        try (Stream<Path> files = Files.list(sound.journal())) {
            List<Path> hours = files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
            assertTrue(hours.size() > 3, hours::toString);
            Files.delete(hours.get(0));
        }
    }

    @BeforeEach
    void copy() throws IOException {
        days = sound.copyTo(folder);
    }

    @Test
    void shouldMakeLaterDaysAgainFromTheJournal() throws Exception {
        days.damage(
                "DELETE FROM tick_data" + LATER + " AND trade_id % 3 = 0",
                "UPDATE ohlcv_bars SET close = close + 1" + LATER,
                "DELETE FROM book_tops" + LATER,
                "DELETE FROM asset_context" + LATER);
        StoredDays.Told told = rebuild();
        assertEquals(List.of(LEFT), told.left);
        assertTrue(told.changed().size() > 3, () -> told.changed().toString());
        assertRows(
                expected.stream().filter(row -> !isBar(row)).toList(),
                stored().stream().filter(row -> !isBar(row)).toList());
        assertRows(
                expected.stream().filter(row -> isBar(row) && !isOfFirst(row)).toList(),
                stored().stream().filter(row -> isBar(row) && !isOfFirst(row)).toList());
    }

    @Test
    void shouldMakeBarsOfTheFirstDayFromItsTicks() throws Exception {
        days.thinOut(days.inLake(Dataset.OHLCV, 0));
        days.thinOut(days.inLake(Dataset.OHLCV, 1));
        assertEquals(List.of(LEFT), rebuild().left);
        assertEquals(days.barsOfTicks(60, OF_FIRST), days.bars("1m", OF_FIRST));
        assertEquals(List.of(), rebuild().changed());
    }

    /** Bars of what is left of them would be worse than those that are there. */
    @Test
    void shouldLeaveBarsWhoseTicksAreTornOrGone() throws Exception {
        List<String> bars = days.query("FROM all_bars WHERE true" + OF_FIRST);
        Partition ticks = days.inLake(Dataset.TICK_DATA, 1); // DuckDB plans every query by the first file
        Path file = days.lake().file(ticks);
        byte[] whole = Files.readAllBytes(file);
        Files.delete(file);
        assertLeft(file, bars);
        Files.writeString(file, "torn", StandardCharsets.UTF_8);
        assertLeft(file, bars);
        Files.write(file, whole);
        assertEquals(List.of(LEFT), rebuild().left);
    }

    private void assertLeft(Path file, List<String> bars) throws Exception {
        StoredDays.Told told = new StoredDays.Told();
        days.rebuild(scope(), told);
        assertEquals(2, told.left.size(), told.left::toString);
        String left = told.left.get(1);
        assertTrue(left.startsWith(FIRST + " ohlcv: ") && left.contains(file.toString()), left);
        assertEquals(bars, days.query("FROM all_bars WHERE true" + OF_FIRST));
    }

    private StoredDays.Told rebuild() throws Exception {
        return days.rebuild(scope());
    }

    private static RebuildScope scope() {
        return RebuildScope.of(
                Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"), List.of(), List.of());
    }

    private static boolean isBar(String row) {
        return row.startsWith("ohlcv_bars ") || row.startsWith("bar_revisions ");
    }

    private static boolean isOfFirst(String bar) {
        return Long.parseLong(bar.split("\\|", -1)[4]) / 1_000
                < Instant.parse("2023-11-15T00:00:00Z").toEpochMilli();
    }

    private List<String> stored() throws SQLException {
        return TableRows.lasting(TableRows.readViews(days.database()));
    }

    private static void assertRows(List<String> wanted, List<String> actual) {
        assertTrue(wanted.equals(actual), () -> "seed " + SEED + ": " + StoreAudit.difference(wanted, actual));
    }
}
