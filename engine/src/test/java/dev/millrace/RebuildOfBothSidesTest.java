package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.lake.Partition;
import dev.millrace.market.MarketEvent;
import dev.millrace.pipeline.RandomJournal;
import dev.millrace.store.PartitionChange;
import dev.millrace.store.RebuildScope;
import dev.millrace.tables.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Days that tables and lake both hold something of, as kills and deleted tables leave them, are made again row for row. */
@Tag("stress")
@Tag("stress-daemon")
@Timeout(120)
class RebuildOfBothSidesTest {

    private static final long SEED = 42;
    private static final int HALF = 700;
    private static final String BARS_IN_BOTH = "FROM ohlcv_bars AS t " + inFile("ohlcv");

    @TempDir
    static Path original;

    private static StoredDays sound;
    private static List<MarketEvent> records;
    private static List<String> expected;

    @TempDir
    Path folder;

    private StoredDays days;

    @BeforeAll
    static void store() throws Exception {
        records = RandomJournal.records(SEED, 1_250);
        sound = StoredDays.of(original, records);
        expected = TableRows.lasting(ExpectedRows.of(sound.journal()).lastText());
    }

    @BeforeEach
    void copy() throws Exception {
        days = sound.copyTo(folder.resolve("data"));
    }

    /**
     * Tables that were made anew hold bars that a file holds too, until the roll takes them out. Whatever stands in them, the
     * file counts: neither does a damaged row of theirs win, nor does theirs stand in for one that the file lacks.
     */
    @Test
    void shouldReadFilesThatTheTablesRepeat() throws Exception {
        Files.delete(days.database());
        days.storeInTables(records.size());
        assertTrue(count(BARS_IN_BOTH) > 50, "bars that both sides hold");
        Partition thin = days.inLake(Dataset.OHLCV, 0);
        days.thinOut(thin);
        days.damage("UPDATE ohlcv_bars AS t SET close = close + 1 " + inFile("ohlcv"));
        assertEquals(
                List.of(thin),
                rebuild().changed().stream().map(PartitionChange::partition).toList());
        assertEquals(0, count(BARS_IN_BOTH));
        assertStored();
    }

    /** As a kill between a file's renaming and its flip leaves it: the file knows more than the tables think. */
    @Test
    void shouldReadAFileUpToWhereItCounts() throws Exception {
        long early = HALF / 2;
        days.damage(
                "INSERT INTO tick_data BY NAME SELECT * FROM lake_tick_data WHERE journal_seq > " + early,
                "INSERT INTO ohlcv_bars BY NAME SELECT * FROM lake_ohlcv WHERE journal_seq > " + early,
                "UPDATE partitions SET seq_to = " + early + " WHERE side = 'lake' AND seq_to > " + early
                        + " AND dataset IN ('tick_data', 'ohlcv')");
        assertEquals(List.of(), rebuild().changed());
        assertStored();
        days.damage("UPDATE ohlcv_bars SET close = close + 1", "DELETE FROM tick_data WHERE trade_id % 2 = 0");
        assertFalse(rebuild().changed().isEmpty());
        assertStored();
    }

    /** Files know records that tables under way have not come to. */
    @Test
    void shouldLeaveWhatFilesHoldOfLaterRecords() throws Exception {
        makeAnewUpToHalf();
        assertEquals(List.of(), rebuild().changed());
        days.damage("UPDATE ohlcv_bars SET close = close + 1", "DELETE FROM tick_data WHERE trade_id % 2 = 0");
        assertFalse(rebuild().changed().isEmpty());
        days.storeInTables(records.size());
        assertStored();
    }

    private void makeAnewUpToHalf() throws Exception {
        Path whole = folder.resolve("whole.duckdb");
        Files.move(days.database(), whole);
        StoredDays half = StoredDays.inTables(folder.resolve("half"), records.subList(0, HALF));
        Files.copy(half.database(), days.database());
        days.damage(
                "ATTACH '" + whole + "' AS whole (READ_ONLY)",
                "INSERT INTO partitions FROM whole.partitions WHERE side = 'lake'");
        for (String table : List.of("tick_data", "book_tops", "asset_context", "books")) {
            days.damage("DELETE FROM " + table + " AS t " + inFile(table));
        }
        assertTrue(count("FROM partitions, position WHERE seq_to > committed_sequence") > 5);
    }

    private static String inFile(String dataset) {
        return "WHERE EXISTS (FROM partitions AS p WHERE p.side = 'lake' AND p.dataset = '" + dataset
                + "' AND p.symbol = t.symbol AND p.date = CAST(t.timestamp AS DATE) AND t.journal_seq <= p.seq_to)";
    }

    private long count(String from) throws SQLException {
        return days.query(from).size();
    }

    private StoredDays.Told rebuild() throws Exception {
        return days.rebuild(RebuildScope.of(
                Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"), List.of(), List.of()));
    }

    private void assertStored() throws Exception {
        List<String> actual = TableRows.lasting(TableRows.readViews(days.database()));
        assertTrue(expected.equals(actual), () -> "seed " + SEED + ": " + StoreAudit.difference(expected, actual));
    }
}
