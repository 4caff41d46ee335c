package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is read again, by ourselves and by DuckDB. */
class RoundTripTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final SequenceRange RANGE = new SequenceRange(7, 1_234_567_890_123L);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldReadEveryDatasetAsWritten(Dataset dataset) {
        for (long seed = 1; seed <= 4; seed++) {
            Partition partition = new Partition(dataset, "BTC", DAY);
            List<Row> rows = new RandomRows(seed, dataset.schema(), partition).rows(500);
            Compression compression = seed % 2 == 0 ? Compression.ZSTD : Compression.SNAPPY;
            LakeWriter writer = new LakeWriter(folder, compression, "test 1");
            PartitionFacts facts = writer.replace(partition, new ListCursor(rows), RANGE);
            String which = dataset + ", seed " + seed;

            assertEquals(ListCursor.texts(rows), ListCursor.texts(writer.lake().read(partition)), which);
            RowDigest digest = new RowDigest(dataset.schema(), "BTC", DAY);
            rows.forEach(digest::add);
            assertEquals(
                    new PartitionFacts(
                            dataset.label(),
                            "BTC",
                            DAY,
                            dataset.schema().version(),
                            RANGE,
                            rows.size(),
                            digest.hex(),
                            "test 1"),
                    facts,
                    which);
            assertEquals(facts, writer.lake().facts(partition), which);
            assertEquals(facts, writer.lake().verify(partition), which);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowDuckDbTheSameValuesAndTypes(Dataset dataset) throws SQLException {
        for (String symbol : List.of("BTC", "PURR/USDC")) {
            Partition partition = new Partition(dataset, symbol, DAY);
            List<Row> rows = new RandomRows(symbol.hashCode(), dataset.schema(), partition).rows(200);
            new LakeWriter(folder, Compression.ZSTD, "test 1").replace(partition, new ListCursor(rows), RANGE);

            try (DuckDb database = new DuckDb(folder, dataset)) {
                assertEquals(DuckDb.types(dataset.schema()), database.types());
                assertEquals(DuckDb.texts(rows), database.rows(symbol), symbol);
            }
        }
    }

    @Test
    void shouldGiveEachSymbolItsOwnFolderInEachReader() throws SQLException {
        List<String> symbols =
                List.of("#250", "1", "2026-11-22", "@107", "BTC", "KPEPE", "PURR/USDC", "kPEPE", "null", "xyz:TSLA");
        for (String symbol : symbols) {
            Partition partition = new Partition(Dataset.TICK_DATA, symbol, DAY);
            List<Row> rows = new RandomRows(1, Dataset.TICK_DATA.schema(), partition).rows(3);
            new LakeWriter(folder, Compression.ZSTD, "test 1").replace(partition, new ListCursor(rows), RANGE);
        }
        try (DuckDb database = new DuckDb(folder, Dataset.TICK_DATA)) {
            assertEquals(
                    symbols.toString(),
                    database.value("SELECT list(DISTINCT symbol ORDER BY symbol)::VARCHAR FROM lake")
                            .replace("'", ""));
            assertEquals("3", database.value("SELECT count(*) FROM lake WHERE symbol = 'kPEPE'"));
            assertEquals("30", database.value("SELECT count(*) FROM lake WHERE date = DATE '2026-11-22'"));
        }
    }

    @Test
    void shouldLeaveNothingElseInTheFolder() throws IOException {
        Partition partition = new Partition(Dataset.OHLCV, "BTC", DAY);
        LakeWriter writer = new LakeWriter(folder, Compression.ZSTD, "test 1");
        writer.replace(
                partition, new ListCursor(new RandomRows(1, partition.dataset().schema(), partition).rows(9)), RANGE);
        try (var files = Files.walk(folder)) {
            assertEquals(
                    List.of(folder.resolve("ohlcv/symbol=BTC/date=2026-11-22/ohlcv.parquet")),
                    files.filter(Files::isRegularFile).toList());
        }
        assertEquals(List.of(partition), writer.lake().partitions());
        assertTrue(writer.lake().holds(partition));
        writer.delete(partition);
        assertFalse(writer.lake().holds(partition));
        assertFalse(Files.exists(folder.resolve("ohlcv")), "an empty folder stays");
    }
}
