package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MergeTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final Partition BARS = new Partition(Dataset.OHLCV, "BTC", DAY);

    @TempDir
    Path folder;

    private LakeWriter writer;

    @BeforeEach
    void open() {
        writer = new LakeWriter(folder, Compression.ZSTD, "test 1");
    }

    @Test
    void shouldKeepTheLaterRevisionWhicheverComesLast() {
        writer.merge(BARS, new ListCursor(List.of(bar(1, 2, 10))), new SequenceRange(5, 9));
        writer.merge(
                BARS, new ListCursor(List.of(bar(0, 0, 20), bar(1, 1, 30), bar(2, 0, 40))), new SequenceRange(10, 20));
        assertEquals(
                ListCursor.texts(List.of(bar(0, 0, 20), bar(1, 2, 10), bar(2, 0, 40))),
                ListCursor.texts(writer.lake().read(BARS)));
        PartitionFacts facts = writer.merge(BARS, new ListCursor(List.of(bar(1, 3, 50))), new SequenceRange(2, 3));
        assertEquals(
                ListCursor.texts(List.of(bar(0, 0, 20), bar(1, 3, 50), bar(2, 0, 40))),
                ListCursor.texts(writer.lake().read(BARS)));
        assertEquals(new SequenceRange(2, 20), facts.sequences());
    }

    @Test
    void shouldTakeTheNewRowOfAnEqualRevision() {
        writer.merge(BARS, new ListCursor(List.of(bar(1, 1, 10))), SequenceRange.NONE);
        PartitionFacts facts = writer.merge(BARS, new ListCursor(List.of(bar(1, 1, 11))), new SequenceRange(3, 4));
        assertEquals(
                ListCursor.texts(List.of(bar(1, 1, 11))),
                ListCursor.texts(writer.lake().read(BARS)));
        assertEquals(new SequenceRange(3, 4), facts.sequences());
    }

    @ParameterizedTest
    @EnumSource
    void shouldEqualAMapOfKeysForEveryDataset(Dataset dataset) throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            Partition partition = new Partition(dataset, "@" + seed, DAY);
            Random random = new Random(seed);
            List<Row> pool = new RandomRows(seed, dataset.schema(), partition).rows(200);
            TreeMap<Row, Row> expected = new TreeMap<>(dataset.schema()::compareKeys);
            List<Row> batch = List.of();
            for (int round = 0; round < 3; round++) {
                batch = pool.stream().filter(row -> random.nextInt(3) == 0).toList();
                writer.merge(partition, new ListCursor(batch), new SequenceRange(1, 2));
                batch.forEach(row -> expected.put(row, row));
            }
            String which = dataset + ", seed " + seed;
            List<String> texts = ListCursor.texts(new ArrayList<>(expected.values()));
            assertEquals(texts, ListCursor.texts(writer.lake().read(partition)), which);

            byte[] before = Files.readAllBytes(writer.lake().file(partition));
            writer.merge(partition, new ListCursor(batch), new SequenceRange(1, 2));
            assertArrayEquals(before, Files.readAllBytes(writer.lake().file(partition)), which);
        }
    }

    @Test
    void shouldRefuseRowsOutOfOrderAndKeepWhatIsThere() {
        writer.replace(BARS, new ListCursor(List.of(bar(1, 0, 1))), SequenceRange.NONE);
        for (List<Row> bad : List.of(
                List.of(bar(2, 0, 1), bar(1, 0, 1)), // descending
                List.of(bar(1, 0, 1), bar(1, 1, 1)), // one key twice
                List.of(bar(24 * 60, 0, 1)), // the next day's
                List.of(bar(-1, 0, 1)), // the day's before
                List.of(bar(1, 0, Double.NaN)),
                List.of(with(bar(1, 0, 1), Schema.SYMBOL, "ETH")),
                List.of(withoutComplete()))) {
            ListCursor rows = new ListCursor(bad);
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.replace(BARS, rows, SequenceRange.NONE),
                    () -> "not refused: " + bad);
            assertTrue(e.getMessage().contains("ohlcv BTC 2026-11-22"), e.getMessage());
            assertTrue(rows.isClosed());
        }
        assertThrows(
                IllegalStateException.class, () -> writer.replace(BARS, new ListCursor(List.of()), SequenceRange.NONE));
        assertEquals(
                ListCursor.texts(List.of(bar(1, 0, 1))),
                ListCursor.texts(writer.lake().read(BARS)));
        assertTrue(leftovers().isEmpty(), () -> "left over: " + leftovers());
    }

    private List<Path> leftovers() {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Row bar(int minute, int revision, double close) {
        Schema schema = Dataset.OHLCV.schema();
        Row row = new Row(schema);
        row.setText(schema.column("timeframe"), "1m");
        row.setText(schema.column("basis"), "trade");
        row.setText(schema.column("source"), "own");
        row.setLong(schema.column("timestamp"), DAY.toEpochDay() * 86_400_000_000L + minute * 60_000_000L);
        row.setDouble(schema.column("close"), close);
        row.setFlag(schema.column("complete"), true);
        row.setFlag(schema.column("repaired"), false);
        row.setLong(schema.column("revision"), revision);
        row.setLong(schema.column("known_at"), 1_000_000);
        row.setText(Schema.SYMBOL, "BTC");
        row.setLong(Schema.DATE, DAY.toEpochDay());
        return row;
    }

    private static Row with(Row row, int column, String text) {
        row.setText(column, text);
        return row;
    }

    private static Row withoutComplete() {
        Row whole = bar(1, 0, 1);
        Schema schema = whole.schema();
        Row row = new Row(schema);
        for (String kept : List.of("timeframe", "basis", "source")) {
            row.setText(schema.column(kept), whole.text(schema.column(kept)));
        }
        for (String kept : List.of("timestamp", "revision", "known_at")) {
            row.setLong(schema.column(kept), whole.longAt(schema.column(kept)));
        }
        row.setFlag(schema.column("repaired"), false);
        return row;
    }
}
