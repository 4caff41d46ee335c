package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.JournalConfig;
import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

    private static final Duration KEEP = Duration.ofHours(6);

    @TempDir
    Path dir;

    private static JournalConfig policy(boolean compress, Duration keep, long maxBytes) {
        return new JournalConfig(Duration.ofDays(1), TestJournals.INDEX_INTERVAL, 1L << 30, compress, keep, maxBytes);
    }

    private static Optional<String> pass(JournalWriter writer, JournalConfig config, TestJournals journal) {
        writer.sync();
        try {
            return new Retention(writer, config, () -> journal.nowNs, new Counters(), sequence -> {}).pass(() -> false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** One hour after the other, the last one open. */
    private List<Entry> hours(TestJournals journal, JournalWriter writer, int hours, int records) {
        List<Entry> entries = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            entries.addAll(journal.appendFrames(writer, records));
            journal.nowNs += hour + 1 < hours ? TestJournals.HOUR_NS : 0;
        }
        return entries;
    }

    private List<String> files(String suffix) {
        return CycleFile.list(dir).values().stream()
                .map(file -> file.file().getFileName().toString())
                .filter(name -> name.endsWith(suffix))
                .toList();
    }

    private void assertNoScratchLeft() throws IOException {
        try (Stream<Path> left = Files.list(dir.resolve(Scratch.FOLDER))) {
            assertEquals(
                    List.of("making"),
                    left.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void shouldCompressClosedHoursAndReadThemAsBefore() throws IOException {
        TestJournals journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer()) {
            List<Entry> entries = hours(journal, writer, 4, 50);
            assertEquals(Optional.empty(), pass(writer, policy(true, KEEP, Long.MAX_VALUE), journal));
            assertEquals(3, files(".lz4").size());
            assertEquals(1, files(".cq4").size());
            assertEquals(entries, TestJournals.readAll(dir));
            assertTrue(JournalVerify.run(dir, done -> {}).sound());
            entries.addAll(journal.appendFrames(writer, 5));
            assertEquals(entries, TestJournals.readAll(dir));
            try (JournalReader reader = JournalReader.open(dir)) {
                assertEquals(1, reader.firstSequence());
                assertEquals(205, reader.lastSequence());
                for (long wanted : new long[] {1, 49, 51, 120, 150, 151, 205, 3}) {
                    reader.seekSequence(wanted);
                    MarketEvent event = new MarketEvent(64);
                    assertTrue(reader.read(event));
                    assertEquals(entries.get((int) wanted - 1), Entry.of(event));
                }
            }
        }
        assertNoScratchLeft();
        try (JournalWriter writer = journal.writer()) {
            assertEquals(205, writer.lastSequence());
        }
    }

    @Test
    void shouldNotCompressAnHourWhoseSuccessorIsNotSynced() throws IOException {
        TestJournals journal = new TestJournals(dir);
        try (JournalWriter writer = journal.writer()) {
            journal.appendFrames(writer, 3);
            writer.sync();
            journal.nowNs += TestJournals.HOUR_NS;
            journal.appendFrames(writer, 1);
            JournalConfig config = policy(true, KEEP, Long.MAX_VALUE);
            new Retention(writer, config, () -> journal.nowNs, new Counters(), sequence -> {}).pass(() -> false);
            assertEquals(List.of(), files(".lz4"));
        }
    }

    @Test
    void shouldFollowAcrossHoursThatAreCompressedUnderTheReader() {
        TestJournals journal = new TestJournals(dir);
        JournalConfig config = policy(true, KEEP, Long.MAX_VALUE);
        try (JournalWriter writer = journal.writer();
                JournalReader early = JournalReader.open(dir);
                JournalReader inside = JournalReader.open(dir)) {
            List<Entry> entries = journal.appendFrames(writer, 20);
            MarketEvent event = new MarketEvent(64);
            assertTrue(inside.read(event));
            journal.nowNs += TestJournals.HOUR_NS;
            entries.addAll(hours(journal, writer, 3, 20));
            pass(writer, config, journal);
            assertEquals(entries.subList(1, 80), TestJournals.readOn(inside), "it held the first file open");
            assertEquals(entries, TestJournals.readOn(early));
            early.requireEnd();
            inside.requireEnd();
            journal.nowNs += TestJournals.HOUR_NS;
            List<Entry> more = hours(journal, writer, 3, 20);
            pass(writer, config, journal);
            assertEquals(more, TestJournals.readOn(inside));
            assertEquals(more, TestJournals.readOn(early));
        }
    }

    @Test
    void shouldDeleteByAgeAndKeepWhatAReaderNeeds() throws IOException {
        TestJournals journal = new TestJournals(dir);
        JournalConfig config = policy(true, KEEP, Long.MAX_VALUE);
        Readers readers = Readers.of(dir);
        assertEquals(0, readers.register("store"));
        assertEquals(0, readers.register("snapshots"));
        try (JournalWriter writer = journal.writer()) {
            List<Entry> entries = hours(journal, writer, 10, 20);
            readers.advance("snapshots", 200);
            String blocked = pass(writer, config, journal).orElseThrow();
            assertTrue(blocked.contains("store") && blocked.contains("record 0"), blocked);
            assertEquals(entries, TestJournals.readAll(dir));

            readers.advance("store", 45);
            assertTrue(pass(writer, config, journal).isPresent());
            assertEquals(entries.subList(40, 200), TestJournals.readAll(dir));

            readers.advance("store", 200);
            assertEquals(Optional.empty(), pass(writer, config, journal));
            assertEquals(entries.subList(60, 200), TestJournals.readAll(dir), "three hours are older than six");
            JournalVerify.Result verified = JournalVerify.run(dir, done -> {});
            assertTrue(verified.sound());
            assertEquals(140, verified.records());

            Files.writeString(dir.resolve(Readers.FOLDER).resolve("store"), "millrace-reader 1 201 00000000\n");
            journal.nowNs += 3 * TestJournals.HOUR_NS;
            JournalException refusal = assertThrows(JournalException.class, () -> pass(writer, config, journal));
            assertTrue(refusal.getMessage().contains("store is damaged"), refusal.getMessage());
            assertEquals(entries.subList(60, 200), TestJournals.readAll(dir));
        }
        try (JournalWriter writer = journal.writer()) {
            assertEquals(200, writer.lastSequence());
        }
    }

    @Test
    void shouldKeepSessionAndMetadataOfADeletedBeginningForReplays() {
        TestJournals journal = new TestJournals(dir);
        List<Entry> needed = new ArrayList<>();
        try (JournalWriter writer = journal.writer()) {
            append(writer, RecordKind.SESSION, "an older session");
            append(writer, RecordKind.REST, "200 {\"type\":\"meta\"}\nolder");
            append(writer, RecordKind.UNIVERSE, "an older decision");
            needed.add(append(writer, RecordKind.UNIVERSE, "the decision"));
            journal.nowNs += TestJournals.HOUR_NS;
            needed.add(append(writer, RecordKind.SESSION, "the session"));
            append(writer, RecordKind.REST, "200 {\"type\":\"meta\"}\nfirst");
            needed.add(append(writer, RecordKind.REST, "200 {\"type\":\"meta\"}\nsecond"));
            append(writer, RecordKind.REST, "200 {\"type\":\"candleSnapshot\",\"req\":{\"startTime\":1}}\na page");
            append(writer, RecordKind.SENTIMENT, "200 /fng/?limit=2\nfirst");
            needed.add(append(writer, RecordKind.SENTIMENT, "200 /fng/?limit=2\nsecond"));
            for (int hour = 0; hour < 10; hour++) {
                journal.nowNs += TestJournals.HOUR_NS;
                journal.appendFrames(writer, 5);
                pass(writer, policy(hour % 2 == 0, KEEP, Long.MAX_VALUE), journal);
            }
            List<Entry> rest = TestJournals.readAll(dir);
            assertTrue(rest.get(0).sequence() > 11, rest.get(0).toString());
            needed.addAll(rest);
            try (JournalReader reader = JournalReader.open(dir).withBeginning()) {
                assertEquals(needed, TestJournals.readOn(reader));
            }
        }
    }

    private static Entry append(JournalWriter writer, RecordKind kind, String text) {
        return TestJournals.append(writer, new Entry(0, kind, 7, 8, text));
    }

    @Test
    void shouldGoOnAfterACrashBetweenAnyTwoSteps() throws IOException {
        TestJournals journal = new TestJournals(dir);
        JournalConfig config = policy(true, KEEP, Long.MAX_VALUE);
        try (JournalWriter writer = journal.writer()) {
            List<Entry> entries = hours(journal, writer, 3, 20);
            writer.sync();
            CycleFile first = CycleFile.list(dir).firstEntry().getValue();
            CycleArchive.compress(first, 1, 20, () -> false); // as if killed before the raw file was deleted
            Files.write(CycleArchive.temporary(first.compressed()), new byte[] {1, 2}); // or while writing
            assertEquals(entries, TestJournals.readAll(dir));
            Files.write(first.compressed(), new byte[] {3});
            assertEquals(entries, TestJournals.readAll(dir), "the raw file counts");
            pass(writer, config, journal);
            assertEquals(2, files(".lz4").size());
            assertFalse(Files.exists(CycleArchive.temporary(first.compressed())));
            assertEquals(entries, TestJournals.readAll(dir));
        }
    }

    @Test
    void shouldNameADamagedCompressedFile() throws IOException {
        TestJournals journal = new TestJournals(dir);
        List<Entry> entries;
        try (JournalWriter writer = journal.writer()) {
            entries = hours(journal, writer, 4, 20);
            pass(writer, policy(true, KEEP, Long.MAX_VALUE), journal);
        }
        Path second = dir.resolve(files(".lz4").get(1));
        byte[] whole = Files.readAllBytes(second);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 12; i++) {
            byte[] bad = i < 4 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (i >= 4) {
                bad[random.nextInt(8, whole.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(second, bad);
            JournalVerify.Result result = JournalVerify.run(dir, done -> {});
            JournalDamagedException damage = result.firstDamage().orElseThrow();
            assertEquals(second.getFileName().toString(), damage.file(), "change " + i);
            try (JournalReader reader = JournalReader.open(dir)) {
                assertThrows(JournalDamagedException.class, () -> TestJournals.readOn(reader));
                assertTrue(reader.seekBehindDamage());
                assertEquals(entries.subList(40, 80), TestJournals.readOn(reader), "change " + i);
            }
        }
        assertNoScratchLeft();
    }

    /**
     * Days of random appends, sessions, readers and policies: what is left is what was appended, without a hole, from no
     * later than the lowest reader on; and once the readers have passed, the disk is bounded.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldBoundTheDiskAndNeverDeleteWhatAReaderNeeds(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        TestJournals journal = new TestJournals(dir);
        long maxBytes = random.nextBoolean() ? 60_000 : Long.MAX_VALUE;
        JournalConfig config = policy(seed % 2 == 1, Duration.ofHours(random.nextInt(2, 12)), maxBytes);
        Readers readers = Readers.of(dir);
        String[] names = {"store", "snapshots"};
        long[] passed = {readers.register(names[0]), readers.register(names[1])};
        List<Entry> appended = new ArrayList<>();
        long[] told = {1};
        for (int session = 0; session < 2; session++) {
            try (JournalWriter writer = journal.writer()) {
                assertEquals(appended.size(), writer.lastSequence(), "seed " + seed);
                Retention retention = new Retention(
                        writer, config, () -> journal.nowNs, new Counters(), sequence -> told[0] = sequence);
                for (int step = 0; step < 8; step++) {
                    for (int i = random.nextInt(30); i > 0; i--) {
                        appended.add(TestJournals.append(writer, TestJournals.random(random, random.nextInt(900))));
                    }
                    journal.nowNs += random.nextLong(3 * TestJournals.HOUR_NS);
                    int reader = random.nextInt(2);
                    passed[reader] = random.nextLong(passed[reader], appended.size() + 1L);
                    readers.advance(names[reader], passed[reader]);
                    writer.sync();
                    retention.pass(() -> false);
                    assertRemains(appended, Math.min(passed[0], passed[1]), seed);
                    assertTrue(told[0] == 1 || told[0] == writer.firstSequence(), () -> "seed " + seed + " " + told[0]);
                }
            }
        }
        try (JournalWriter writer = journal.writer()) {
            readers.advance(names[0], appended.size());
            readers.advance(names[1], appended.size());
            appended.add(TestJournals.append(writer, TestJournals.random(random, 5)));
            assertEquals(Optional.empty(), pass(writer, config, journal), "seed " + seed);
            assertBounded(config, journal.nowNs, seed);
            assertRemains(appended, appended.size() - 1L, seed);
        }
    }

    private void assertRemains(List<Entry> appended, long lowest, long seed) {
        List<Entry> left = TestJournals.readAll(dir);
        long first = left.isEmpty() ? appended.size() + 1L : left.get(0).sequence();
        assertTrue(first <= lowest + 1, "seed " + seed + ": begins at " + first + ", a reader has passed " + lowest);
        assertEquals(appended.subList((int) first - 1, appended.size()), left, "seed " + seed);
    }

    private void assertBounded(JournalConfig config, long nowNs, long seed) throws IOException {
        List<CycleFile> files = new ArrayList<>(CycleFile.list(dir).values());
        files.remove(files.size() - 1);
        long bytes = 0;
        for (CycleFile file : files) {
            assertTrue(nowNs - file.endNs() < config.keep().toNanos(), "seed " + seed + ": too old: " + file);
            bytes += file.diskBytes();
        }
        assertTrue(bytes <= config.maxBytes(), "seed " + seed + ": " + bytes + " bytes");
    }
}
