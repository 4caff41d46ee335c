package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.millrace.Waiting;
import dev.millrace.config.JournalConfig;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWriterTest {

    @TempDir
    Path dir;

    @Test
    void shouldNumberOnAfterTheLastRecordOfTheSessionBefore() {
        TestJournals journal = new TestJournals(dir);
        for (int session = 0; session < 3; session++) {
            try (JournalWriter writer = journal.writer()) {
                assertEquals(session * 5L, writer.lastSequence());
                journal.appendFrames(writer, 5);
            }
            journal.writer().close(); // a session without a record changes nothing
            journal.nowNs += 30 * TestJournals.HOUR_NS;
        }
        assertEquals(15, TestJournals.readAll(dir).size());
    }

    @Test
    void shouldRollOnTheHourOfWritingInUtc() {
        TestJournals journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer()) {
            journal.appendFrames(writer, 1);
            journal.nowNs += TestJournals.HOUR_NS;
            writer.appendAnnotation(RecordKind.FRAME, 1, 5, new byte[1], 1); // received in 1970
        }
        assertEquals(
                List.of("20260731-01F.cq4", "20260731-02F.cq4"),
                JournalFolder.cycleFiles(dir).stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    @Test
    void shouldKeepTheOrderWhenTheClockStepsBack() {
        TestJournals journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer()) {
            journal.appendFrames(writer, 3);
            journal.nowNs -= 5 * TestJournals.HOUR_NS;
            journal.appendFrames(writer, 3);
        }
        journal.nowNs -= 5 * TestJournals.HOUR_NS;
        try (JournalWriter writer = journal.writer()) {
            assertEquals(6, writer.lastSequence());
            journal.appendFrames(writer, 3);
        }
        assertEquals(9, TestJournals.readAll(dir).size());
        assertEquals(1, JournalFolder.cycleFiles(dir).size());
    }

    @Test
    void shouldRefuseASecondWriter() {
        TestJournals journal = new TestJournals(dir);
        try (JournalWriter first = journal.writer()) {
            JournalException refusal = assertThrows(JournalException.class, journal::writer);
            assertTrue(refusal.getMessage().contains(dir.toString()), refusal.getMessage());
            journal.appendFrames(first, 1);
        }
        journal.writer().close();
    }

    @Test
    void shouldNameAFolderThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(dir.resolve("occupied"));
        JournalException refusal = assertThrows(JournalException.class, () -> new TestJournals(file).writer());
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }

    @Test
    void shouldPublishTheSyncedSequenceOnlyAfterASync() {
        TestJournals journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer()) {
            journal.appendFrames(writer, 3);
            assertEquals(0, writer.syncedSequence());
            writer.sync();
            assertEquals(3, writer.syncedSequence());
            journal.appendFrames(writer, 1);
            journal.nowNs += TestJournals.HOUR_NS;
            journal.appendFrames(writer, 1);
            assertEquals(3, writer.syncedSequence());
            writer.sync();
            assertEquals(5, writer.syncedSequence());
        }
        try (JournalWriter writer = journal.writer()) {
            assertEquals(5, writer.syncedSequence(), "what an earlier session left is forced at opening");
        }
    }

    @Test
    void shouldSyncByItself() throws InterruptedException {
        JournalConfig config = JournalConfig.keepingAll(Duration.ofMillis(1), 4);
        try (JournalWriter writer = JournalWriter.open(dir, config, () -> TestJournals.START_NS, new Counters())) {
            writer.appendAnnotation(RecordKind.FRAME, 1, 1, new byte[3], 3);
            while (writer.syncedSequence() < 1) {
                Thread.onSpinWait();
            }
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("md-journal-sync")) {
                thread.join(
                        1_000L * Waiting.PATIENCE_S); // its pool has ended, which it tells a moment before it is gone
                assertFalse(thread.isAlive(), "the thread ends with its writer");
            }
        }
    }

    @Test
    void shouldTakeNothingMoreOnceTheDiskRefused() throws IOException {
        JournalWriter writer = new TestJournals(dir.resolve("gone")).writer();
        writer.appendAnnotation(RecordKind.FRAME, 1, 1, new byte[3], 3);
        Files.move(dir.resolve("gone"), dir.resolve("away"));
        JournalException refusal = assertThrows(JournalException.class, writer::sync);
        assertTrue(refusal.getMessage().contains("after record 0"), refusal.getMessage());
        assertThrows(JournalException.class, () -> writer.appendAnnotation(RecordKind.FRAME, 1, 1, new byte[3], 3));
        assertEquals(0, writer.syncedSequence());
        assertThrows(JournalException.class, writer::close);
        assertEquals(1, TestJournals.readAll(dir.resolve("away")).size());
    }

    @Test
    void shouldAppendWithoutAllocating() {
        int count = 130_000;
        MarketEvent event = new MarketEvent(1_024);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (JournalWriter writer = new TestJournals(dir).writer()) {
            append(writer, event, 50_000);
            double least = Double.MAX_VALUE;
            // What a record costs comes in every series; a block that Chronicle maps or code that is compiled, in one.
            for (int series = 0; series < 3; series++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                append(writer, event, count);
                least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / (double) count);
            }
            assertTrue(least <= 0.05, least + " bytes a record");
        }
    }

    private static void append(JournalWriter writer, MarketEvent event, int count) {
        for (int i = 0; i < count; i++) {
            event.set(RecordKind.FRAME, 1, TestJournals.START_NS + i, 200);
            writer.append(event);
        }
    }
}
