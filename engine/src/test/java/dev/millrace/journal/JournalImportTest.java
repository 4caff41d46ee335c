package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.EventSink;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalImportTest {

    private static final long IMPORT_NS = 42;
    private static final byte[] HEADER = "{\"header\":1}".getBytes(UTF_8);

    @TempDir
    Path dir;

    private JournalImport.Result importFiles(List<Path> files) {
        try (JournalWriter writer = new TestJournals(dir.resolve("journal")).writer()) {
            return JournalImport.run(files, writer, HEADER, IMPORT_NS, done -> {});
        }
    }

    private List<Entry> records() {
        return TestJournals.readAll(dir.resolve("journal"));
    }

    private static List<String> times(List<Entry> records) {
        return records.stream()
                .filter(record -> record.kind() == RecordKind.FRAME)
                .map(record -> record.receiveNs() + " " + record.payload())
                .toList();
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(dir.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void shouldMakeASessionOfTheFrames() throws IOException {
        Path file = file("a.txt", "100\tfirst", "90 second", "200\t");
        JournalImport.Result result = importFiles(List.of(file));
        assertEquals(new JournalImport.Result(3, 1, 7), result);
        long engine = Source.of(Source.ENGINE, 0, 0);
        long imported = Source.of(Source.IMPORT, 1, 0);
        assertEquals(
                List.of(
                        new Entry(1, RecordKind.SESSION, engine, 100, "{\"header\":1}"),
                        new Entry(2, RecordKind.LIFECYCLE, imported, 100, "connected import of a.txt"),
                        new Entry(3, RecordKind.FRAME, imported, 100, "first"),
                        new Entry(4, RecordKind.FRAME, imported, 90, "second"),
                        new Entry(5, RecordKind.FRAME, imported, 200, ""),
                        new Entry(6, RecordKind.LIFECYCLE, imported, 200, "lost end of import"),
                        new Entry(7, RecordKind.LIFECYCLE, engine, 200, "stopping")),
                records());
    }

    @Test
    void shouldCarryTheExchangeTimeOverBareFrames() throws IOException {
        String trades = "{\"channel\":\"trades\",\"data\":[{\"time\":5},{\"time\":7}]}";
        String older = "{\"channel\":\"l2Book\",\"data\":{\"time\":6}}";
        String newer = "{\"channel\":\"bbo\",\"data\":{\"time\":9}}";
        importFiles(List.of(file("a", "plain text", trades, older, "{}"), file("b", newer, "{}")));
        assertEquals(
                List.of(
                        "7000000 plain text",
                        "7000000 " + trades,
                        "7000000 " + older,
                        "7000000 {}",
                        "9000000 " + newer,
                        "9000000 {}"),
                times(records()));
    }

    @Test
    void shouldTakeTheTimeOfTheImportWhenNothingTellsAnother() throws IOException {
        importFiles(List.of(file("a", "{\"channel\":\"pong\"}")));
        assertEquals(List.of(IMPORT_NS + " {\"channel\":\"pong\"}"), times(records()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 {}\n2 {}\nx {}\n4 {}\n",
                "{\"time\":\"2026-07-31T01:42:23\",\"ver_num\":1,\"raw\":{}}\n{\"time\":\"2026-07-31T01:42:23\",\"ver_num\":1,\"raw\":{}}\n{\"time\":\"2026-07",
                "timestamp,price\n1,2\n3,4\n"
            })
    void shouldWriteNothingWhenALineIsMalformed(String text) throws IOException {
        Path good = file("good", "1 {}");
        Path bad = Files.writeString(dir.resolve("bad"), text);
        try (JournalWriter writer = new TestJournals(dir.resolve("journal")).writer()) {
            JournalException refusal = assertThrows(
                    JournalException.class,
                    () -> JournalImport.run(List.of(good, bad), writer, HEADER, IMPORT_NS, done -> {}));
            assertTrue(refusal.getMessage().startsWith(bad + ", line 3: "), refusal.getMessage());
            assertEquals(0, writer.lastSequence());
        }
    }

    @Test
    void shouldNameAFileThatIsMissingEmptyOrCutOff() throws IOException {
        Path whole = compressed("whole.gz", "1 {}\n2 {}\n".repeat(100).getBytes(UTF_8));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(dir.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 12));
        for (Path file : List.of(dir.resolve("absent"), Files.createFile(dir.resolve("empty")), cut)) {
            JournalException refusal = assertThrows(JournalException.class, () -> importFiles(List.of(file)));
            assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
        }
        assertEquals(List.of(), records());
    }

    @Test
    void shouldReportProgressUpToTheKnownTotal() throws IOException {
        List<Path> files = List.of(
                file("a", "1 {}"),
                compressed("b.lz4", "2 {\"k\":\"v\"}\n".repeat(5_000).getBytes(UTF_8)));
        List<Long> progress = new ArrayList<>();
        try (JournalWriter writer = new TestJournals(dir.resolve("journal")).writer()) {
            JournalImport.run(files, writer, HEADER, IMPORT_NS, progress::add);
        }
        assertEquals(progress.stream().sorted().toList(), progress);
        assertEquals(JournalImport.totalBytes(files), progress.get(progress.size() - 1));
    }

    /** Any bytes but line feeds, in every packing and form: what is exported equals what was imported. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldExportWhatWasImportedByteForByte(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        ByteArrayOutputStream timed = new ByteArrayOutputStream();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (int i = 0; i < 300; i++) {
            byte[] frame = frame(random, i);
            frames.writeBytes(frame);
            timed.writeBytes((i + (random.nextBoolean() ? "\t" : " ")).getBytes(UTF_8));
            timed.writeBytes(frame);
            archive.writeBytes(
                    "{\"time\":\"2026-07-31T01:42:23.1\",\"ver_num\":1,\"raw\":{\"a\":\"\u00e4\"}}\n".getBytes(UTF_8));
        }
        assertExports(frames.toByteArray(), frames.toByteArray(), seed);
        assertExports(timed.toByteArray(), frames.toByteArray(), seed);
        assertExports(archive.toByteArray(), "{\"a\":\"\u00e4\"}\n".repeat(300).getBytes(UTF_8), seed);
    }

    private static byte[] frame(SplittableRandom random, int number) {
        if (number == 0) {
            return "{\"channel\":\"pong\"}\n".getBytes(UTF_8);
        }
        byte[] frame = new byte[1 + random.nextInt(1 << random.nextInt(18))];
        random.nextBytes(frame);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = frame[i] == '\n' ? (byte) '\r' : frame[i];
        }
        frame[frame.length - 1] = '\n';
        return frame;
    }

    private void assertExports(byte[] input, byte[] expected, long seed) throws IOException {
        for (String name : List.of("plain", "packed.gz", "packed.lz4")) {
            Path journal = Files.createTempDirectory(dir, "journal");
            Path file = compressed(name, input);
            try (JournalWriter writer = new TestJournals(journal).writer()) {
                JournalImport.run(List.of(file), writer, HEADER, IMPORT_NS, done -> {});
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JournalExport.Result result = JournalExport.run(journal, out, false, done -> {});
            assertArrayEquals(expected, out.toByteArray(), name + ", seed " + seed);
            assertEquals(new JournalExport.Result(300, 0), result);
        }
    }

    private Path compressed(String name, byte[] bytes) throws IOException {
        Path file = dir.resolve(name);
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz")
                        ? new GZIPOutputStream(plain)
                        : name.endsWith(".lz4") ? new LZ4FrameOutputStream(plain) : plain) {
            out.write(bytes);
        }
        return file;
    }

    /** A frame longer than the engine takes stops the import at its line; one exactly as long is taken. */
    @Test
    void shouldTakeFramesUpToTheLimit() throws IOException {
        String longest = "x".repeat(EventSink.MAX_PAYLOAD);
        importFiles(List.of(file("longest", "1 " + longest)));
        assertEquals(longest, records().get(2).payload());
        Path tooLong = file("too-long", "1 {}", "2 x" + longest);
        JournalException refusal = assertThrows(JournalException.class, () -> importFiles(List.of(tooLong)));
        assertTrue(refusal.getMessage().startsWith(tooLong + ", line 2: "), refusal.getMessage());
    }
}
