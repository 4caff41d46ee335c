package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalRoundTripTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261122})
    void shouldReadWhatWasAppendedOverRollsAndSessions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TestJournals journal = new TestJournals(dir);
        List<Entry> appended = new ArrayList<>();
        for (int session = 0; session < 4; session++) {
            try (JournalWriter writer = journal.writer()) {
                assertEquals(appended.size(), writer.lastSequence(), "seed " + seed);
                for (int i = 0; i < 100; i++) {
                    int length = random.nextInt(1 << random.nextInt(14));
                    appended.add(TestJournals.append(writer, TestJournals.random(random, length)));
                    assertEquals(
                            appended.size(), appended.get(appended.size() - 1).sequence());
                    journal.nowNs += random.nextLong(TestJournals.HOUR_NS / 10);
                }
            }
        }
        assertTrue(JournalFolder.cycleFiles(dir).size() > 10, "rolled");
        assertEquals(appended, TestJournals.readAll(dir), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 63, 64, 65, 4_096, 1 << 20, EventSink.MAX_PAYLOAD - 1, EventSink.MAX_PAYLOAD})
    void shouldTakePayloadsOfEverySizeUpToTheLimit(int length) {
        SplittableRandom random = new SplittableRandom(length);
        List<Entry> appended = new ArrayList<>();
        try (JournalWriter writer = new TestJournals(dir).writer()) {
            for (int size : new int[] {length, 7, length}) {
                appended.add(TestJournals.append(writer, TestJournals.random(random, size)));
            }
        }
        assertEquals(appended, TestJournals.readAll(dir));
    }

    @Test
    void shouldRefuseAPayloadOverTheLimitAndGoOn() {
        try (JournalWriter writer = new TestJournals(dir).writer()) {
            int length = EventSink.MAX_PAYLOAD + 1;
            byte[] payload = new byte[length];
            assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.appendAnnotation(RecordKind.FRAME, 1, 1, payload, length));
            writer.appendAnnotation(RecordKind.FRAME, 1, 1, payload, 5);
            assertEquals(1, writer.lastSequence());
        }
        assertEquals(1, TestJournals.readAll(dir).size());
    }

    @Test
    void shouldLeaveNothingOfAnAppendThatFails() {
        try (JournalWriter writer = new TestJournals(dir).writer()) {
            writer.appendAnnotation(RecordKind.FRAME, 1, 1, new byte[9], 9);
            assertThrows(
                    RuntimeException.class,
                    () -> writer.appendAnnotation(RecordKind.FRAME, 1, 1, new byte[9], 10),
                    "a length beyond the array");
            writer.appendAnnotation(RecordKind.FRAME, 1, 2, new byte[9], 9);
        }
        assertEquals(
                List.of(1L, 2L),
                TestJournals.readAll(dir).stream().map(Entry::sequence).toList());
    }

    @Test
    void shouldFollowALiveJournalFromItsFirstRecordOn() {
        TestJournals journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer();
                JournalReader reader = JournalReader.open(dir)) {
            assertFalse(reader.read(new MarketEvent(16)), "nothing yet");
            assertEquals(0, reader.firstSequence());
            assertEquals(0, reader.lastSequence());
            for (int round = 0; round < 5; round++) {
                assertEquals(journal.appendFrames(writer, 20), TestJournals.readOn(reader));
                reader.requireEnd();
                journal.nowNs += TestJournals.HOUR_NS;
            }
            assertEquals(1, reader.firstSequence());
            assertEquals(100, reader.lastSequence());
        }
    }

    @Test
    void shouldFollowAWriterOnAnotherThread() throws InterruptedException {
        int count = 20_000;
        TestJournals journal = new TestJournals(dir);
        List<Entry> appended = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        try (JournalWriter writer = journal.writer();
                JournalReader reader = JournalReader.open(dir)) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < count; i += 1_000) {
                    appended.addAll(journal.appendFrames(writer, 1_000));
                    journal.nowNs += TestJournals.HOUR_NS / 4;
                }
            });
            thread.setUncaughtExceptionHandler((ignored, failure) -> failures.add(failure));
            thread.start();
            List<Entry> read = new ArrayList<>();
            while (read.size() < count && thread.isAlive()) {
                read.addAll(TestJournals.readOn(reader));
            }
            thread.join();
            read.addAll(TestJournals.readOn(reader));
            assertEquals(List.of(), failures);
            assertEquals(appended, read);
        }
    }
}
