package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.RecordKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is damaged, capture goes on, and what is sound still reads. */
class JournalDamageTest {

    private static final int CHRONICLE_WORD = 4;
    private static final int PAGE = 4096;

    @TempDir
    Path dir;

    private TestJournals journal;
    private final List<Entry> entries = new ArrayList<>();

    /** Three hours of 40 records of some hundred bytes, so that each file has records on several pages. */
    @BeforeEach
    void write() {
        SplittableRandom random = new SplittableRandom(5);
        journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer()) {
            for (int i = 0; i < 120; i++) {
                byte[] payload = new byte[random.nextInt(50, 900)];
                random.nextBytes(payload);
                entries.add(TestJournals.append(
                        writer, new Entry(0, RecordKind.FRAME, 1, journal.nowNs, new String(payload, ISO_8859_1))));
                journal.nowNs += i % 40 == 39 ? TestJournals.HOUR_NS : 1;
            }
        }
        journal.nowNs -= TestJournals.HOUR_NS; // the writer goes on in the last hour
    }

    enum Harm {
        PAYLOAD,
        LENGTH_WORD,
        ZEROED_PAGE,
        ZEROED_HEADER,
        TRUNCATED;

        /** Gives the bytes of the file from which on, and to which, nothing need read any more. */
        void apply(Path file, long record) throws IOException {
            switch (this) {
                case PAYLOAD -> RawJournal.flip(file, record + RecordLayout.HEADER_BYTES + CHRONICLE_WORD, 1);
                case LENGTH_WORD -> RawJournal.flip(file, record + 3, 0x3F);
                case ZEROED_PAGE -> zero(file, record / PAGE * PAGE, PAGE);
                case ZEROED_HEADER -> zero(file, 0, PAGE);
                case TRUNCATED -> {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(record + CHRONICLE_WORD + 10);
                    }
                }
            }
        }

        private static void zero(Path file, long at, int length) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(length), at);
            }
        }
    }

    private long place(Entry entry) throws IOException {
        Path file = file(entry);
        return RawJournal.find(file, entry.payload().getBytes(ISO_8859_1)) - RecordLayout.HEADER_BYTES - CHRONICLE_WORD;
    }

    private Path file(Entry entry) {
        return JournalFolder.cycleFiles(dir).get((int) (entry.sequence() - 1) / 40);
    }

    private Entry entry(int sequence) {
        return entries.get(sequence - 1);
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void shouldGoOnBehindADamagedLastRecord(Harm harm) throws IOException {
        Path file = file(entry(120));
        harm.apply(file, place(entry(120)));
        assertGoesOn(file, 119);
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void shouldGoOnInAFileThatIsDamagedInItsMiddle(Harm harm) throws IOException {
        Path file = file(entry(100));
        harm.apply(file, place(entry(100)));
        assertGoesOn(file, 99);
    }

    /** @param sound everything up to here is read in any case, unless the damage reaches back within its page */
    private void assertGoesOn(Path file, int sound) throws IOException {
        byte[] damaged = Files.readAllBytes(file);
        List<Entry> expected = soundEntries();
        assertTrue(expected.size() >= sound - 12, expected::toString);
        Entry next;
        try (JournalWriter writer = journal.writer()) {
            assertEquals(120, Math.max(120, writer.lastSequence()), "no number is given twice");
            assertEquals(1, writer.damage().size(), writer.damage()::toString);
            next = TestJournals.append(writer, entry(7));
            assertTrue(next.sequence() > 120, next::toString);
        }
        assertArrayEquals(damaged, Files.readAllBytes(dir.resolve("damaged").resolve(JournalFolder.name(file))));
        expected.add(next);
        assertEquals(expected, TestJournals.readSkipping(dir));
        try (JournalWriter writer = journal.writer()) {
            assertEquals(List.of(), writer.damage(), "set aside once");
            assertEquals(next.sequence(), writer.lastSequence());
        }
        boolean lost = expected.size() < 121;
        assertEquals(!lost, JournalVerify.run(dir, done -> {}).sound(), "what is lost stays named");
    }

    /** By the bytes alone. */
    private List<Entry> soundEntries() throws IOException {
        List<Entry> sound = new ArrayList<>();
        for (Path file : JournalFolder.cycleFiles(dir)) {
            try (CycleScan scan = CycleScan.open(file)) {
                while (scan.next()) {
                    Entry entry = entry((int) scan.header().sequence());
                    assertEquals(
                            entry.payload(),
                            new String(scan.payload(), 0, scan.header().length(), ISO_8859_1));
                    sound.add(entry);
                }
            }
        }
        return sound;
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void shouldReadOnBehindDamageInAFileThatIsClosed(Harm harm) throws IOException {
        harm.apply(file(entry(60)), place(entry(60)));
        List<Entry> expected = soundEntries();
        if (harm == Harm.ZEROED_HEADER) {
            assertThrows(JournalDamagedException.class, () -> JournalReader.open(dir));
            journal.writer().close();
        }
        assertEquals(expected, TestJournals.readSkipping(dir));
        JournalVerify.Result result = JournalVerify.run(dir, done -> {});
        assertEquals(expected.size() == 120, result.sound(), result::toString);
        try (JournalWriter writer = journal.writer()) {
            assertEquals(120, writer.lastSequence());
            expected.add(TestJournals.append(writer, entry(7)));
        }
        assertEquals(expected, TestJournals.readSkipping(dir));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldMakeChroniclesOwnFileAgain(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path metadata = dir.resolve(JournalFolder.METADATA_NAME);
        byte[] bytes = Files.readAllBytes(metadata);
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(700)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(metadata, seed % 3 == 0 ? new byte[(int) seed * 100] : bytes);
        try (JournalWriter writer = journal.writer()) {
            assertEquals(120, writer.lastSequence(), "seed " + seed);
            entries.add(TestJournals.append(writer, entry(7)));
        }
        assertEquals(entries, TestJournals.readAll(dir), "seed " + seed);
    }

    @Test
    void shouldBeginAgainAfterADeathInTheMiddleOfTheSalvage() throws IOException {
        Files.createDirectories(dir.resolve("salvage"));
        Files.write(dir.resolve("salvage").resolve(JournalFolder.name(file(entry(120)))), new byte[77]);
        Harm.PAYLOAD.apply(file(entry(120)), place(entry(120)));
        assertGoesOn(file(entry(120)), 119);
        assertFalse(Files.exists(dir.resolve("salvage")));
    }

    /** A death in a roll: the old hour is ended, and the new file is there, its first word unfinished. */
    @ParameterizedTest
    @ValueSource(ints = {0, 0x80000000, 0xC0000000})
    void shouldRemoveAnHourWhoseFileWasOnlyBegun(int firstWord) throws IOException {
        journal.nowNs += TestJournals.HOUR_NS;
        try (JournalWriter writer = journal.writer()) {
            TestJournals.append(writer, entry(7));
        }
        Path begun = JournalFolder.newest(dir);
        try (RandomAccessFile file = new RandomAccessFile(begun.toFile(), "rw")) {
            file.setLength(0);
            file.setLength(RecordLayout.BLOCK_BYTES);
            file.writeInt(Integer.reverseBytes(firstWord));
        }
        Files.delete(dir.resolve("synced"));
        journal.nowNs -= TestJournals.HOUR_NS; // and the clock was set back
        try (JournalWriter writer = journal.writer()) {
            assertFalse(Files.exists(begun));
            assertEquals(List.of(), writer.damage());
            assertEquals(120, writer.lastSequence());
            entries.add(TestJournals.append(writer, entry(7)));
        }
        assertEquals(entries, TestJournals.readAll(dir));
    }
}
