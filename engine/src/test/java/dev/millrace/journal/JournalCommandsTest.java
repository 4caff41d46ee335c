package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.Gap;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ls}, {@code cat} and {@code export} over one small journal of two sessions and two files. */
class JournalCommandsTest {

    private static final long SOCKET = Source.of(Source.HYPERLIQUID_WS, 3, 0);
    private static final String TRADES = "{\"channel\":\"trades\",\"data\":[{\"coin\":\"BTC\"}]}";
    private static final String CANDLE = "{\"channel\":\"candle\",\"data\":{\"s\":\"ETH\"}}";
    private static final Gap GAP = new Gap("BTC", "trades", 5, 9, "disconnect", Gap.Evidence.UNPROVEN, false);
    private static final String BINARY = "\u00ff\u00fe\u0000";

    @TempDir
    Path dir;

    private final List<Entry> entries = new ArrayList<>();

    @BeforeEach
    void write() {
        TestJournals journal = new TestJournals(dir);
        for (int session = 0; session < 2; session++) {
            try (JournalWriter writer = journal.writer()) {
                long ns = 1_000L * (session + 1);
                add(writer, RecordKind.SESSION, Source.of(Source.ENGINE, 0, 0), ns, "{}");
                add(writer, RecordKind.FRAME, SOCKET, ns + 1, TRADES);
                add(writer, RecordKind.FRAME, SOCKET, ns + 2, CANDLE);
                add(writer, RecordKind.GAP, SOCKET, ns + 3, new String(GapRecord.encode(GAP), US_ASCII));
                add(writer, RecordKind.FRAME, SOCKET, ns + 4, "two\nlines");
                add(writer, RecordKind.FRAME, SOCKET, ns + 5, BINARY);
            }
            journal.nowNs += TestJournals.HOUR_NS;
        }
    }

    private void add(JournalWriter writer, RecordKind kind, long source, long ns, String payload) {
        entries.add(TestJournals.append(writer, new Entry(0, kind, source, ns, payload)));
    }

    private List<JsonNode> cat(CatFilter filter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long printed = JournalCat.run(dir, filter, true, out, done -> {});
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertEquals(lines.size(), printed);
        return lines;
    }

    private List<Long> sequences(CatFilter filter) throws IOException {
        return cat(filter).stream().map(line -> line.get("sequence").asLong()).toList();
    }

    @Test
    void shouldPrintEveryRecordAsOneJsonObject() throws IOException {
        List<JsonNode> lines = cat(CatFilter.ALL);
        assertEquals(entries.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            Entry entry = entries.get(i);
            assertEquals(entry.sequence(), line.get("sequence").asLong());
            assertEquals(entry.kind().label(), line.get("kind").asText());
            assertEquals(Source.text(entry.source()), line.get("source").asText());
            assertEquals(entry.receiveNs(), line.get("receive_ns").asLong());
            assertEquals(true, line.get("crc_ok").asBoolean());
            JsonNode payload = line.get("payload");
            String text = payload.isTextual()
                    ? payload.asText()
                    : new String(
                            Base64.getDecoder().decode(payload.get("base64").asText()), ISO_8859_1);
            assertEquals(entry.payload(), text);
            assertEquals(entry.kind() == RecordKind.GAP ? 13 : 6, line.size());
        }
    }

    @Test
    void shouldPrintTheMembersOfAGapAtTheTop() throws IOException {
        JsonNode gap = cat(new CatFilter(0, 2_000, null, RecordKind.GAP, null)).get(0);
        assertEquals("BTC", gap.get("symbol").asText());
        assertEquals("trades", gap.get("stream").asText());
        assertEquals(5, gap.get("from_ms").asLong());
        assertEquals(9, gap.get("to_ms").asLong());
        assertEquals("disconnect", gap.get("cause").asText());
        assertEquals("unproven", gap.get("evidence").asText());
        assertFalse(gap.get("repaired").asBoolean());
    }

    @Test
    void shouldFilterByTimeKindCoinAndWhatTheCallerCallsBad() throws IOException {
        assertEquals(List.of(2L, 3L), sequences(new CatFilter(1_001, 1_003, null, null, null)));
        assertEquals(List.of(1L, 7L), sequences(new CatFilter(0, 9_999, null, RecordKind.SESSION, null)));
        assertEquals(List.of(2L, 8L), sequences(new CatFilter(0, 9_999, "BTC", null, null)));
        assertEquals(List.of(3L, 9L), sequences(new CatFilter(0, 9_999, "ETH", null, null)));
        assertEquals(List.of(), sequences(new CatFilter(0, 9_999, "BT", null, null)));
        assertEquals(List.of(6L, 12L), sequences(new CatFilter(0, 9_999, null, null, JournalCommandsTest::notAscii)));
    }

    private static boolean notAscii(MarketEvent event) {
        return event.length() > 0 && event.bytes()[0] < 0;
    }

    @Test
    void shouldPrintADamagedRecordAsBad() throws IOException {
        Path file = JournalFolder.cycleFiles(dir).get(0);
        RawJournal.flip(file, RawJournal.find(file, CANDLE.getBytes(US_ASCII)), 4);
        List<JsonNode> bad = cat(new CatFilter(0, 9_999, null, null, event -> false));
        assertEquals(
                List.of(3L),
                bad.stream().map(line -> line.get("sequence").asLong()).toList());
        assertFalse(bad.get(0).get("crc_ok").asBoolean());
    }

    @Test
    void shouldPrintLinesForPeople() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JournalCat.run(dir, new CatFilter(0, 1_002, null, null, null), false, out, done -> {});
        assertEquals(
                "1 1000 engine/0 session\t{}\n2 1001 hyperliquid-ws/3 frame\t" + TRADES + "\n", out.toString(UTF_8));
    }

    @Test
    void shouldExportFramesOnlyAndLeaveOutWhatHoldsALineFeed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(new JournalExport.Result(6, 2), JournalExport.run(dir, out, false, done -> {}));
        assertEquals((TRADES + "\n" + CANDLE + "\n" + BINARY + "\n").repeat(2), out.toString(ISO_8859_1));

        ByteArrayOutputStream meta = new ByteArrayOutputStream();
        JournalExport.run(dir, meta, true, done -> {});
        assertEquals(
                "2 1001 hyperliquid-ws/3 frame\t" + TRADES,
                meta.toString(ISO_8859_1).lines().findFirst().orElseThrow());
    }

    @Test
    void shouldListFilesAndSessions() {
        JournalList.Listing listing = JournalList.run(dir, done -> {});
        long bytes = entries.stream()
                        .mapToLong(entry ->
                                RecordLayout.HEADER_BYTES + entry.payload().length())
                        .sum()
                / 2;
        Map<String, Long> records = Map.of("session", 1L, "frame", 4L, "gap", 1L);
        assertEquals(
                List.of(
                        new JournalList.Part("20260731-01F.cq4", 1, 6, 1_000, 1_005, records, bytes),
                        new JournalList.Part("20260731-02F.cq4", 7, 12, 2_000, 2_005, records, bytes)),
                listing.files());
        assertEquals(
                List.of(
                        new JournalList.Part("1", 1, 6, 1_000, 1_005, records, bytes),
                        new JournalList.Part("2", 7, 12, 2_000, 2_005, records, bytes)),
                listing.sessions());
        assertEquals(
                List.of("20260731-01F.cq4", "20260731-02F.cq4"),
                listing.diskBytes().keySet().stream().toList());
        assertTrue(listing.diskBytes().values().stream().allMatch(disk -> disk > bytes && disk < 1 << 20));
    }

    @Test
    void shouldPrintAnyUtf8AsTheSameString() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT);
            text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? '"' : codePoint);
        }
        byte[] payload = text.toString().getBytes(UTF_8);
        try (JournalWriter writer = new TestJournals(dir).writer()) {
            writer.appendAnnotation(RecordKind.REST, SOCKET, 7, payload, payload.length);
        }
        JsonNode line = cat(new CatFilter(0, 9, null, null, null)).get(0);
        assertEquals(text.toString(), line.get("payload").asText());
    }
}
