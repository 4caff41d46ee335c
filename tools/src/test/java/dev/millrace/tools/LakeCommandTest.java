package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.lake.Compression;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.SequenceRange;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeCommandTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        writeTo(folder);
    }

    void writeTo(Path lake) {
        LakeWriter writer = new LakeWriter(lake, Compression.ZSTD, "test 1");
        for (String symbol : List.of("BTC", "kPEPE")) {
            for (int day = 0; day < 2; day++) {
                Partition partition = new Partition(Dataset.FEED_GAPS, symbol, DAY.plusDays(day));
                writer.replace(partition, new OneGap(partition), SequenceRange.NONE);
            }
        }
    }

    @Test
    void shouldListDaysRowsAndBytesBySymbol() {
        CommandRun run = CommandRun.of("lake", "ls", "--lake", folder.toString());
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(3, lines.size(), run.out());
        assertTrue(lines.get(0).matches("dataset +symbol +from +to +days +rows +bytes"), run.out());
        assertTrue(lines.get(1).matches("feed_gaps +BTC +2026-11-22 +2026-11-23 +2 +2 +[0-9,]+"), run.out());
        assertTrue(lines.get(2).matches("feed_gaps +kPEPE +2026-11-22 +2026-11-23 +2 +2 +[0-9,]+"), run.out());
    }

    @Test
    void shouldFindALakeSound() {
        CommandRun run = CommandRun.of("lake", "verify", "--lake", folder.toString());
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().matches("sound: 4 partitions, 4 rows; [0-9,]+ bytes read, 0 problems\\R"), run.out());
        assertEquals("", run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "verify"})
    void shouldNameADamagedFileAndExitThree(String command) throws IOException {
        Path file = folder.resolve(new Partition(Dataset.FEED_GAPS, "BTC", DAY).path());
        Files.writeString(file, "no Parquet file");
        CommandRun run = CommandRun.of("lake", command, "--lake", folder.toString());
        assertEquals(3, run.code(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().startsWith(file + ": "), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lake", "lake ls", "lake verify", "lake ls --lake /none/such", "lake mend"})
    void shouldRefuseBadUsageInOneLine(String line) {
        CommandRun run = CommandRun.of(line.split(" ", -1));
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
    }

    /** One gap at the beginning of a day. */
    private static final class OneGap implements RowCursor {

        private final Row row = new Row(Dataset.FEED_GAPS.schema());
        private boolean given;

        OneGap(Partition partition) {
            long fromMicros = partition.date().toEpochDay() * 86_400_000_000L;
            row.setLong(row.schema().column("from_time"), fromMicros);
            row.setLong(row.schema().column("to_time"), fromMicros + 1_000);
            row.setText(row.schema().column("stream"), "trades");
            row.setText(row.schema().column("cause"), "disconnect");
            row.setText(row.schema().column("evidence"), "proven");
            row.setFlag(row.schema().column("repaired"), false);
            row.setLong(row.schema().column("journal_seq"), 7);
        }

        @Override
        public boolean next() {
            boolean next = !given;
            given = true;
            return next;
        }

        @Override
        public Row row() {
            return row;
        }

        @Override
        public void close() {
            assertTrue(given);
        }
    }
}
