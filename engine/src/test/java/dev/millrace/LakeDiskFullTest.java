package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.lake.Compression;
import dev.millrace.lake.LakeException;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.PartitionFacts;
import dev.millrace.lake.SequenceRange;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake on a disk that really fills. */
class LakeDiskFullTest {

    private static final Partition TICKS = new Partition(Dataset.TICK_DATA, "BTC", LocalDate.of(2026, 11, 22));

    @TempDir
    Path mountPoint;

    @Test
    void shouldKeepThePartitionAndSayWhyWhenTheDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mountPoint, 4)) {
            Path folder = disk.root().resolve("lake");
            LakeWriter writer = new LakeWriter(folder, Compression.ZSTD, "test 1");
            PartitionFacts before = writer.replace(TICKS, new RandomTicks(1_000), SequenceRange.NONE);

            for (int rows : List.of(400_000, 2_000_000)) { // full in the footer's row group, and before
                LakeException e = assertThrows(
                        LakeException.class, () -> writer.merge(TICKS, new RandomTicks(rows), SequenceRange.NONE));
                Path file = writer.lake().file(TICKS);
                assertEquals("cannot write " + file + ": No space left on device", e.getMessage());
                assertEquals(before, writer.lake().verify(TICKS));
                try (var files = Files.list(file.getParent())) {
                    assertEquals(List.of(file), files.toList());
                }
            }
            PartitionFacts after = writer.merge(TICKS, new RandomTicks(2_000), SequenceRange.NONE);
            assertTrue(after.rows() >= 2_000, "goes on with " + after.rows());
        }
    }

    /** Rows that hardly compress. */
    private static final class RandomTicks implements RowCursor {

        private final Random random = new Random(1);
        private final Row row = new Row(Dataset.TICK_DATA.schema());
        private long micros = TICKS.date().toEpochDay() * 86_400_000_000L;
        private int left;

        RandomTicks(int rows) {
            left = rows;
        }

        @Override
        public boolean next() {
            Schema schema = row.schema();
            row.clear();
            row.setLong(schema.column("timestamp"), micros += 1 + random.nextInt(1_000));
            row.setLong(schema.column("trade_id"), random.nextLong());
            row.setText(schema.column("side"), "buy");
            row.setDouble(schema.column("price"), random.nextDouble());
            row.setDouble(schema.column("volume"), random.nextDouble());
            row.setLong(schema.column("received_ns"), random.nextLong());
            row.setLong(schema.column("journal_seq"), random.nextLong());
            return left-- > 0;
        }

        @Override
        public Row row() {
            return row;
        }

        @Override
        public void close() {
            assertTrue(left >= -1, "read beyond the end");
        }
    }
}
