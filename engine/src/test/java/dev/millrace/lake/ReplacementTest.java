package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader meets a whole partition at any time, the old one or the new one. */
class ReplacementTest {

    private static final int REPLACEMENTS = 40;
    private static final Partition TICKS = new Partition(Dataset.TICK_DATA, "BTC", LocalDate.of(2026, 11, 22));

    @TempDir
    Path folder;

    private final List<List<Row>> versions = new ArrayList<>();
    private LakeWriter writer;

    @BeforeEach
    void write() {
        for (int i = 0; i < 4; i++) {
            versions.add(new RandomRows(i, Dataset.TICK_DATA.schema(), TICKS).rows(300 * (i + 1)));
        }
        writer = new LakeWriter(folder, Compression.ZSTD, "test 1");
        writer.replace(TICKS, new ListCursor(versions.get(0)), SequenceRange.NONE);
    }

    @Test
    void shouldNeverFailAReaderThatOpensTheFileOnce() throws Exception {
        List<List<String>> texts = versions.stream().map(ListCursor::texts).toList();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<?> reading = reader.submit(() -> {
                Lake lake = new Lake(folder);
                do {
                    assertTrue(texts.contains(ListCursor.texts(lake.read(TICKS))), "rows of no version");
                    reads.incrementAndGet();
                } while (!over.get());
            });
            for (int i = 1; i <= REPLACEMENTS; i++) {
                writer.replace(TICKS, new ListCursor(versions.get(i % versions.size())), SequenceRange.NONE);
            }
            over.set(true);
            reading.get();
        } finally {
            over.set(true);
            reader.shutdown();
        }
        assertTrue(reads.get() > 0);
    }

    @Test
    void shouldGoOnReadingTheFileThatItOpened() {
        List<String> read = new ArrayList<>();
        try (PartitionReader reader = writer.lake().read(TICKS)) {
            reader.next();
            read.add(reader.row().toString());
            writer.replace(TICKS, new ListCursor(versions.get(1)), SequenceRange.NONE);
            writer.delete(TICKS);
            while (reader.next()) {
                read.add(reader.row().toString());
            }
        }
        assertEquals(ListCursor.texts(versions.get(0)), read);
    }
}
