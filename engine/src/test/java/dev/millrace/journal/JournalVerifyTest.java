package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.MarketEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifyTest {

    private static final int CHRONICLE_HEADER_BYTES = 4;
    private static final long START_MS = TestJournals.START_NS / 1_000_000;
    private static final byte[] PAYLOAD = "payload".getBytes(US_ASCII);

    @TempDir
    Path dir;

    private JournalVerify.Result verify() {
        return JournalVerify.run(dir, done -> {});
    }

    private List<Entry> writeThreeFilesOfTen() {
        TestJournals journal = new TestJournals(dir);
        List<Entry> entries = new ArrayList<>();
        try (JournalWriter writer = journal.writer()) {
            for (int file = 0; file < 3; file++) {
                entries.addAll(journal.appendFrames(writer, 10));
                journal.nowNs += TestJournals.HOUR_NS;
            }
        }
        return entries;
    }

    @Test
    void shouldFindASoundJournalSound() {
        List<Entry> entries = writeThreeFilesOfTen();
        List<Long> progress = new ArrayList<>();
        JournalVerify.Result result = JournalVerify.run(dir, progress::add);
        assertTrue(result.sound());
        assertEquals(30, result.records());
        assertEquals(30, result.lastSequence());
        assertEquals(
                entries.stream()
                        .mapToLong(entry ->
                                RecordLayout.HEADER_BYTES + entry.payload().length())
                        .sum(),
                result.bytes());
        assertEquals(30L, progress.get(progress.size() - 1));
    }

    /** Every byte of a record, Chronicle's own four before it included, in the first, middle and last file. */
    @Test
    void shouldNameTheRecordWhicheverByteIsChanged() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<Entry> entries = writeThreeFilesOfTen();
        for (int number : new int[] {4, 15, 26}) {
            Entry entry = entries.get(number - 1);
            Path file = JournalFolder.cycleFiles(dir).get((number - 1) / 10);
            byte[] payload = entry.payload().getBytes(US_ASCII);
            long end = RawJournal.find(file, payload) + payload.length;
            long begin = end - payload.length - RecordLayout.HEADER_BYTES - CHRONICLE_HEADER_BYTES;
            for (long at = begin; at < end; at++) {
                int bits = 1 << random.nextInt(8);
                RawJournal.flip(file, at, bits);
                assertNamed(verify(), file, number, "byte " + (at - begin) + " xor " + bits);
                RawJournal.flip(file, at, bits);
            }
        }
        assertTrue(verify().sound());
    }

    private static void assertNamed(JournalVerify.Result result, Path file, long sequence, String what) {
        assertFalse(result.sound(), what);
        JournalDamagedException damage = result.firstDamage().orElseThrow();
        assertEquals(sequence, damage.sequence(), () -> what + ": " + damage.getMessage());
        assertEquals(file.getFileName().toString(), damage.file(), what);
    }

    @Test
    void shouldCountEveryDamagedRecordAndNameTheFirst() throws IOException {
        List<Entry> entries = writeThreeFilesOfTen();
        List<Path> files = JournalFolder.cycleFiles(dir);
        for (int number : new int[] {3, 8, 22}) {
            byte[] payload = entries.get(number - 1).payload().getBytes(US_ASCII);
            Path file = files.get((number - 1) / 10);
            RawJournal.flip(file, RawJournal.find(file, payload), 1);
        }
        JournalVerify.Result result = verify();
        assertEquals(3, result.damaged());
        assertEquals(30, result.records());
        assertNamed(result, files.get(0), 3, "first");
    }

    @Test
    void shouldMakeReadersStopAtDamageAndGoOnBehindItWhenAsked() throws IOException {
        List<Entry> entries = writeThreeFilesOfTen();
        Path file = JournalFolder.cycleFiles(dir).get(0);
        RawJournal.flip(file, RawJournal.find(file, entries.get(4).payload().getBytes(US_ASCII)), 1);
        MarketEvent event = new MarketEvent(64);
        try (JournalReader reader = JournalReader.open(dir)) {
            for (int i = 0; i < 4; i++) {
                assertTrue(reader.read(event));
            }
            JournalDamagedException damage = assertThrows(JournalDamagedException.class, () -> reader.read(event));
            assertEquals(5, damage.sequence());
            assertEquals(entries.subList(5, 30), TestJournals.readOn(reader));
        }
    }

    /** Chronicle's own length before record 15 is made absurd: reading cannot pass it, the records behind it are searched. */
    @Test
    void shouldGoOnWithTheNextRecordWhereOnesPlaceIsLost() throws IOException {
        List<Entry> entries = writeThreeFilesOfTen();
        byte[] payload = entries.get(14).payload().getBytes(US_ASCII);
        Path file = JournalFolder.cycleFiles(dir).get(1);
        long record = RawJournal.find(file, payload) - RecordLayout.HEADER_BYTES;
        RawJournal.flip(file, record - 1, 0x3F);
        MarketEvent event = new MarketEvent(64);
        try (JournalReader reader = JournalReader.open(dir)) {
            for (int i = 0; i < 14; i++) {
                assertTrue(reader.read(event));
            }
            assertThrows(JournalDamagedException.class, () -> reader.read(event));
            assertThrows(JournalDamagedException.class, () -> reader.read(event), "again: the next place is not known");
            assertTrue(reader.seekBehindDamage());
            assertEquals(entries.subList(15, 30), TestJournals.readOn(reader));
            assertFalse(reader.seekBehindDamage(), "nothing is behind the last");
        }
    }

    @Test
    void shouldNoticeAMissingRecord() {
        RawJournal.append(dir, START_MS, RawJournal.record(1, 1, 1, PAYLOAD), RawJournal.record(1, 1, 3, PAYLOAD));
        JournalDamagedException damage = verify().firstDamage().orElseThrow();
        assertTrue(damage.getMessage().contains("sequence 3 follows 1"), damage.getMessage());
        assertThrows(JournalDamagedException.class, () -> TestJournals.readAll(dir));
    }

    @Test
    void shouldNoticeADocumentThatIsNoRecord() {
        RawJournal.append(dir, START_MS, RawJournal.record(1, 1, 1, PAYLOAD), new byte[] {1, 2, 3});
        JournalVerify.Result result = verify();
        assertEquals(1, result.damaged());
        assertEquals(2, result.firstDamage().orElseThrow().sequence());
    }

    @Test
    void shouldSkipKindsOfALaterVersionUnlessAskedForThem() {
        RawJournal.append(
                dir,
                START_MS,
                RawJournal.record(1, 1, 1, PAYLOAD),
                RawJournal.record(1, 15, 2, PAYLOAD),
                RawJournal.record(1, -1, 3, PAYLOAD),
                RawJournal.record(1, 1, 4, PAYLOAD));
        assertEquals(
                List.of(1L, 4L),
                TestJournals.readAll(dir).stream().map(Entry::sequence).toList());
        try (JournalReader reader = JournalReader.open(dir).withUnknownKinds()) {
            assertEquals(4, TestJournals.readOn(reader).size());
        }
        assertEquals(2, verify().unknownKinds());
        assertTrue(verify().sound());
        try (JournalWriter writer = new TestJournals(dir).writer()) {
            assertEquals(4, writer.lastSequence());
        }
    }

    @Test
    void shouldRefuseALaterFormatWithWords() {
        RawJournal.append(dir, START_MS, RawJournal.record(1, 1, 1, PAYLOAD), RawJournal.record(2, 1, 2, PAYLOAD));
        NewerFormatException refusal = assertThrows(NewerFormatException.class, () -> TestJournals.readAll(dir));
        assertTrue(refusal.getMessage().contains("format version 2"), refusal.getMessage());
        assertThrows(NewerFormatException.class, this::verify);
        assertThrows(NewerFormatException.class, () -> new TestJournals(dir).writer());
    }

    @Test
    void shouldNameAFolderThatHoldsNoJournal() throws IOException {
        for (Path missing : List.of(dir, dir.resolve("absent"))) {
            JournalException refusal = assertThrows(JournalException.class, () -> JournalReader.open(missing));
            assertTrue(refusal.getMessage().contains(missing.toString()), refusal.getMessage());
        }
        try (var files = java.nio.file.Files.list(dir)) {
            assertEquals(0, files.count(), "looking changes nothing");
        }
    }
}
