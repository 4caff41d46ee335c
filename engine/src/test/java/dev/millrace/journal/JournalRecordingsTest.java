package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.Recordings;
import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.RecordKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings in every form; {@link JournalImportTest} holds the seeded twins. */
class JournalRecordingsTest {

    @TempDir
    Path dir;

    private Path recordings;

    @BeforeEach
    void findRecordings() {
        recordings = Recordings.folder().resolve("hyperliquid");
    }

    private List<Entry> importFile(Path file) throws IOException {
        Path journal = Files.createTempDirectory(dir, "journal");
        try (JournalWriter writer = new TestJournals(journal).writer()) {
            JournalImport.run(List.of(file), writer, new byte[0], 1, done -> {});
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JournalExport.run(journal, out, false, done -> {});
        List<Entry> frames = TestJournals.readAll(journal).stream()
                .filter(entry -> entry.kind() == RecordKind.FRAME)
                .toList();
        String joined = frames.stream().map(frame -> frame.payload() + "\n").reduce("", String::concat);
        assertEquals(joined, out.toString(StandardCharsets.ISO_8859_1));
        assertTrue(JournalVerify.run(journal, done -> {}).sound());
        return frames;
    }

    @Test
    void shouldKeepBareRecordingsByteForByte() throws IOException {
        int files = 0;
        try (Stream<Path> all = Files.list(recordings.resolve("ws"))) {
            for (Path file : all.filter(path -> !path.getFileName().toString().matches("h5i-.*|recv-ns.*"))
                    .toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                String expected = text.endsWith("\n") ? text : text + "\n";
                String imported = importFile(file).stream()
                        .map(frame -> frame.payload() + "\n")
                        .reduce("", String::concat);
                assertEquals(expected, imported, file.toString());
                files++;
            }
        }
        assertTrue(files >= 6, files + " files");
    }

    @Test
    void shouldKeepTheReceiveTimesOfTimedRecordings() throws IOException {
        for (String name : List.of("recv-ns-candle-AAVE-20250320.txt", "recv-ns-trades-PURR-20250116.txt")) {
            Path file = recordings.resolve("ws").resolve(name);
            List<String> imported = importFile(file).stream()
                    .map(frame -> frame.receiveNs() + " " + frame.payload())
                    .toList();
            assertEquals(Files.readAllLines(file, StandardCharsets.ISO_8859_1), imported);
        }
    }

    @Test
    void shouldTakeArchivesPlainAndPackedAlike() throws IOException {
        Path ws = recordings.resolve("ws");
        Path archive = recordings.resolve("s3-archive");
        assertArchive(ws.resolve("h5i-btc-20260731-live.jsonl"), ws.resolve("h5i-btc-20260731-live.lz4"));
        assertArchive(
                archive.resolve("h5i-20250101-archive_l2book_btc.jsonl"),
                archive.resolve("h5i-20250101-archive_l2book_btc.lz4"));
    }

    private void assertArchive(Path plain, Path packed) throws IOException {
        List<Entry> frames = importFile(plain);
        assertArrayEquals(frames.toArray(), importFile(packed).toArray());
        List<String> lines = Files.readAllLines(plain, StandardCharsets.ISO_8859_1);
        assertEquals(lines.size(), frames.size());
        ObjectMapper jackson = new ObjectMapper();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = jackson.readTree(lines.get(i));
            Instant received = Instant.parse(line.get("time").asText() + "Z");
            assertEquals(received, Instant.EPOCH.plusNanos(frames.get(i).receiveNs()));
            assertEquals(line.get("raw"), jackson.readTree(frames.get(i).payload()));
            assertTrue(lines.get(i).contains("\"raw\":" + frames.get(i).payload() + "}"), "byte for byte");
        }
    }
}
