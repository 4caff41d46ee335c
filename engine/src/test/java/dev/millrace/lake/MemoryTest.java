package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of ticks takes little memory and little disk, however many there are. */
@Tag("stress")
@Tag("stress-daemon")
class MemoryTest {

    private static final Partition TICKS = new Partition(Dataset.TICK_DATA, "BTC", LocalDate.of(2026, 11, 22));
    private static final int ROWS = 1_000_000;
    /** One row group while it is encoded and written, and what the reader of the one before holds. */
    private static final long MOST_BYTES = 160L << 20;

    @TempDir
    Path folder;

    @Test
    void shouldHoldOneRowGroupAtATime() {
        LakeWriter writer = new LakeWriter(folder, Compression.ZSTD, "test 1");
        long before = usedBytes();
        Ticks ticks = new Ticks(ROWS);
        PartitionFacts facts = writer.replace(TICKS, ticks, SequenceRange.NONE);
        assertEquals(ROWS, facts.rows());
        long grown = ticks.most - before;
        assertTrue(grown < MOST_BYTES, "held " + (grown >> 20) + " MiB while writing");
        long bytesPerTick = writer.lake().bytes(TICKS) * 10 / ROWS;
        assertTrue(bytesPerTick <= 200, "a tick takes " + bytesPerTick / 10.0 + " bytes");
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Ticks as a busy coin has them: ids at random, prices that wander by steps, few sizes over and over. */
    private static final class Ticks implements RowCursor {

        private final Random random = new Random(1);
        private final Schema schema = Dataset.TICK_DATA.schema();
        private final Row row = new Row(schema);
        private final int rows;
        private long price = 105_000_00;
        private long timeMs = TICKS.date().toEpochDay() * 86_400_000L;
        private long sequence = 1;
        private int given;
        private long most;

        Ticks(int rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            if (given == rows) {
                return false;
            }
            if (++given % 100_000 == 0) {
                most = Math.max(most, usedBytes());
            }
            row.clear();
            timeMs += 1 + random.nextInt(100);
            price += random.nextInt(21) - 10;
            sequence += random.nextInt(10);
            row.setLong(2, timeMs * 1000);
            row.setLong(3, random.nextLong() >>> 14);
            row.setText(4, random.nextBoolean() ? "buy" : "sell");
            row.setDouble(5, price / 100.0);
            row.setDouble(6, (1 + random.nextInt(random.nextInt(10) == 0 ? 100_000 : 200)) / 100_000.0);
            row.setLong(7, timeMs * 1_000_000 + 40_000_000 + random.nextInt(20_000_000));
            row.setLong(8, sequence);
            return true;
        }

        @Override
        public Row row() {
            return row;
        }

        @Override
        public void close() {
            assertEquals(rows, given);
        }
    }
}
