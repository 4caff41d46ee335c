package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.JournalConfig;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.metrics.Counters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWriterTest {
    @TempDir
    Path dir;

    @Test
    void shouldRead() {
        long[] now = {1_700_000_000_000_000_000L};
        Random random = new Random(1);
        for (int session = 0; session < 3; session++) {
            try (JournalWriter writer =
                    JournalWriter.open(dir, new JournalConfig(Duration.ofHours(1), 16), () -> now[0], new Counters())) {
                assertEquals(session * 100L, writer.lastSequence());
                for (int i = 0; i < 100; i++) {
                    byte[] p = new byte[random.nextInt(300)];
                    Arrays.fill(p, (byte) (session * 100 + i + 1));
                    writer.appendAnnotation(RecordKind.FRAME, 7, now[0], p, p.length);
                    now[0] += 100_000_000_000L;
                }
                writer.sync();
                assertEquals(session * 100L + 100, writer.syncedSequence());
            }
        }
        System.out.println(JournalFolder.cycleFiles(dir));
        try (JournalReader reader = JournalReader.open(dir)) {
            MarketEvent e = new MarketEvent(64);
            for (int i = 1; i <= 300; i++) {
                assertTrue(reader.read(e));
                assertEquals(i, e.sequence());
                byte[] expect = new byte[e.length()];
                Arrays.fill(expect, (byte) i);
                assertArrayEquals(expect, Arrays.copyOf(e.bytes(), e.length()));
            }
            assertFalse(reader.read(e));
            reader.requireEnd();
            for (int i = 1; i <= 300; i++) {
                reader.seekSequence(i);
                assertTrue(reader.read(e));
                assertEquals(i, e.sequence());
            }
            assertEquals(1, reader.firstSequence());
            assertEquals(300, reader.lastSequence());
        }
    }
}
