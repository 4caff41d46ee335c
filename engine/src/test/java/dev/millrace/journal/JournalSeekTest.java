package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalSeekTest {

    private static final int RECORDS = 400;
    private static final int MANY = 3_000 * TestJournals.INDEX_INTERVAL;

    @TempDir
    Path dir;

    private Path index;

    /** Receive times mostly rise, and jump back as imports and clock steps do. */
    private List<Entry> write(SplittableRandom random) {
        index = dir.resolve(JournalFolder.INDEX_NAME);
        TestJournals journal = new TestJournals(dir);
        List<Entry> entries = new ArrayList<>();
        long receiveNs = TestJournals.START_NS;
        for (int session = 0; session < 2; session++) {
            try (JournalWriter writer = journal.writer()) {
                for (int i = 0; i < RECORDS / 2; i++) {
                    receiveNs += random.nextInt(20) == 0 ? -random.nextLong(5_000) : random.nextLong(100);
                    journal.nowNs += random.nextLong(TestJournals.HOUR_NS / 50);
                    Entry entry = new Entry(0, RecordKind.FRAME, 1, receiveNs, "x".repeat(random.nextInt(50)));
                    entries.add(TestJournals.append(writer, entry));
                }
            }
        }
        return entries;
    }

    private void assertSeeksAreRight(List<Entry> entries, SplittableRandom random) {
        try (JournalReader reader = JournalReader.open(dir)) {
            for (int i = 0; i < 60; i++) {
                long sequence = random.nextLong(-1, RECORDS + 5);
                reader.seekSequence(sequence);
                assertNext(reader, first(entries, entry -> entry.sequence() >= sequence));

                long ns = TestJournals.START_NS + random.nextLong(-1_000, RECORDS * 60);
                reader.seekReceiveTime(ns);
                assertNext(reader, first(entries, entry -> entry.receiveNs() >= ns));
            }
        }
    }

    private static Entry first(List<Entry> entries, Predicate<Entry> wanted) {
        return entries.stream().filter(wanted).findFirst().orElse(null);
    }

    private static void assertNext(JournalReader reader, Entry expected) {
        MarketEvent event = new MarketEvent(64);
        if (expected == null) {
            assertFalse(reader.read(event));
        } else {
            assertTrue(reader.read(event));
            assertEquals(expected, Entry.of(event));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindTheSamePlacesWithWhateverIndex(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Entry> entries = write(random);
        byte[] whole = Files.readAllBytes(index);
        assertEquals(RECORDS / TestJournals.INDEX_INTERVAL, whole.length / SparseIndex.ENTRY_BYTES);
        assertSeeksAreRight(entries, random);

        Files.write(index, Arrays.copyOf(whole, whole.length / 2 + 5));
        assertSeeksAreRight(entries, random);

        byte[] garbled = whole.clone();
        garbled[random.nextInt(garbled.length)] ^= 0x10;
        Files.write(index, garbled);
        assertSeeksAreRight(entries, random);

        Files.delete(index);
        assertSeeksAreRight(entries, random);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void shouldRebuildTheIndexByteForByte(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        write(random);
        byte[] whole = Files.readAllBytes(index);
        byte[] garbled = whole.clone();
        garbled[random.nextInt(garbled.length)] ^= 1;
        for (byte[] damaged :
                List.of(new byte[0], Arrays.copyOf(whole, 100), garbled, "not an index".getBytes(US_ASCII))) {
            Files.write(index, damaged);
            new TestJournals(dir).writer().close();
            assertEquals(hex(whole), hex(Files.readAllBytes(index)), "seed " + seed);
        }
        Files.delete(index);
        new TestJournals(dir).writer().close();
        assertEquals(hex(whole), hex(Files.readAllBytes(index)), "seed " + seed);
    }

    /** So many between two syncs that the places of most find no room on their way to the index. */
    @Test
    void shouldIndexWhatComesFasterThanItsPlacesAreTaken() throws IOException {
        index = dir.resolve(JournalFolder.INDEX_NAME);
        TestJournals journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer()) {
            journal.appendFrames(writer, 10);
            writer.sync();
            journal.appendFrames(writer, MANY);
            writer.sync();
            journal.appendFrames(writer, 100);
        }
        byte[] whole = Files.readAllBytes(index);
        assertEquals(
                (MANY + 110 + TestJournals.INDEX_INTERVAL - 1) / TestJournals.INDEX_INTERVAL,
                SparseIndex.load(dir).size());
        Files.delete(index);
        new TestJournals(dir).writer().close();
        assertEquals(hex(whole), hex(Files.readAllBytes(index)));
    }

    @Test
    void shouldNotTrustTheIndexOfAnotherJournal() throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        Path other = dir.resolve("other");
        TestJournals foreign = new TestJournals(other);
        foreign.nowNs += 1_000 * TestJournals.HOUR_NS;
        try (JournalWriter writer = foreign.writer()) {
            foreign.appendFrames(writer, 100);
        }
        List<Entry> entries = write(random);
        byte[] whole = Files.readAllBytes(index);
        Files.copy(other.resolve(JournalFolder.INDEX_NAME), index, StandardCopyOption.REPLACE_EXISTING);
        assertSeeksAreRight(entries, random);
        new TestJournals(dir).writer().close();
        assertEquals(hex(whole), hex(Files.readAllBytes(index)));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void shouldGoOnWithoutAnIndexThatCannotBeWrittenAndRebuildItLater() throws IOException {
        Path inTheWay = Files.createDirectory(dir.resolve(JournalFolder.INDEX_NAME));
        TestJournals journal = new TestJournals(dir);
        List<Entry> entries;
        try (JournalWriter writer = journal.writer()) {
            entries = journal.appendFrames(writer, 100);
            writer.sync();
            entries.addAll(journal.appendFrames(writer, 100));
            writer.sync();
            assertEquals(200, writer.syncedSequence());
        }
        assertEquals(1, journal.counters.value("journal.index-stops"));
        try (JournalReader reader = JournalReader.open(dir)) {
            reader.seekSequence(150);
            assertNext(reader, entries.get(149));
        }
        Files.delete(inTheWay);
        journal.writer().close();
        assertTrue(SparseIndex.load(dir).size() >= 200 / TestJournals.INDEX_INTERVAL);
    }
}
