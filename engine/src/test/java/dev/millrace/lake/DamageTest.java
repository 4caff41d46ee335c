package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file is said, with its name. */
class DamageTest {

    private static final Partition TICKS = new Partition(Dataset.TICK_DATA, "BTC", LocalDate.of(2026, 11, 22));

    @TempDir
    Path folder;

    private LakeWriter writer;
    private Path file;

    @BeforeEach
    void write() {
        writer = new LakeWriter(folder, Compression.ZSTD, "test 1");
        List<Row> rows = new RandomRows(1, Dataset.TICK_DATA.schema(), TICKS).rows(2_000);
        writer.replace(TICKS, new ListCursor(rows), new SequenceRange(1, 9));
        file = writer.lake().file(TICKS);
    }

    @Test
    void shouldNoticeACutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        assertTrue(whole.length > 20_000, "too small a file to cut: " + whole.length);
        for (int length = 0; length < whole.length; length += 1_000) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertDamaged("cut to " + length);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertDamaged("cut by one");
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertDamaged("longer by one");
        Files.write(file, whole);
        assertEquals("test 1", writer.lake().verify(TICKS).writer());
    }

    @Test
    void shouldNoticeEveryBitThatTurns() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        long seed = 99;
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            boolean inFooter = i % 3 == 0;
            int at = inFooter ? whole.length - 1 - random.nextInt(4_000) : random.nextInt(whole.length);
            for (int bit = i % 3; bit < 8; bit += 3) {
                byte[] bytes = whole.clone();
                bytes[at] ^= (byte) (1 << bit);
                Files.write(file, bytes);
                assertDamaged("seed " + seed + ", byte " + at + " of " + whole.length + ", bit " + bit);
            }
        }
    }

    @Test
    void shouldNoticeRowsThatDoNotGiveTheirDigest() throws IOException {
        String digest = writer.lake().facts(TICKS).digest();
        String other = digest.replace(digest.charAt(0), digest.charAt(0) == 'a' ? 'b' : 'a');
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace(digest, other), StandardCharsets.ISO_8859_1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileChecksum.seal(channel);
        }
        LakeDamagedException e =
                assertThrows(LakeDamagedException.class, () -> writer.lake().verify(TICKS));
        assertEquals(file + ": its row digest is " + digest + " instead of " + other, e.getMessage());
    }

    /** Without the checksum, what is left is what Parquet and the rows themselves show: no wrong row, no foreign error. */
    @Test
    void shouldGiveOneErrorForAFooterThatDoesNotParse() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = whole.clone();
            bytes[whole.length - 9 - random.nextInt(3_000)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            try {
                assertEquals(TICKS.dataset().label(), writer.lake().facts(TICKS).dataset());
            } catch (LakeException e) {
                assertTrue(e.getMessage().contains(file.toString()), "seed " + seed + ": " + e.getMessage());
            }
        }
    }

    @Test
    void shouldNameThePartitionThatAFileWasMovedFrom() throws IOException {
        Partition other = new Partition(Dataset.TICK_DATA, "ETH", TICKS.date());
        Files.createDirectories(writer.lake().file(other).getParent());
        Files.copy(file, writer.lake().file(other));
        LakeDamagedException e =
                assertThrows(LakeDamagedException.class, () -> writer.lake().verify(other));
        assertEquals(writer.lake().file(other) + ": its symbol is BTC instead of ETH", e.getMessage());
    }

    @Test
    void shouldRefuseAForeignParquetFile() throws Exception {
        Files.delete(file);
        DuckDb.writeForeign(file);
        assertDamaged("foreign");
        assertTrue(assertThrows(LakeDamagedException.class, () -> writer.lake().facts(TICKS))
                .getMessage()
                .contains("millrace.dataset"));
    }

    @Test
    void shouldVerifyAllNameStraysAndGoOn() throws IOException {
        Partition second = new Partition(Dataset.TICK_DATA, "ETH", TICKS.date());
        List<Row> rows = new RandomRows(2, Dataset.TICK_DATA.schema(), second).rows(10);
        writer.replace(second, new ListCursor(rows), SequenceRange.NONE);
        Path stray = file.resolveSibling("notes.json");
        Files.writeString(stray, "{}");
        Files.createDirectories(writer.lake().certificates());
        Files.writeString(writer.lake().certificates().resolve("any.json"), "{}");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
        Files.writeString(Lake.temporary(file), "being written");

        long[] done = {0};
        LakeVerification result = writer.lake().verify(bytes -> {
            assertTrue(bytes > done[0], "progress goes back");
            done[0] = bytes;
        });
        assertEquals(writer.lake().bytes(), done[0]);
        assertEquals(1, result.partitions());
        assertEquals(10, result.rows());
        assertEquals(2, result.problems().size(), result.problems().toString());
        assertTrue(result.problems().get(0).startsWith(stray + ": it is no file of the lake"));
        assertTrue(result.problems().get(1).startsWith(file + ": it is torn"));
        assertEquals(List.of(TICKS, second), writer.lake().partitions());
    }

    @Test
    void shouldSweepWhatAKilledWriterLeftAndNothingElse() throws IOException {
        Path leftover = Lake.temporary(file);
        Path foreign = folder.resolve("mine.tmp");
        Files.writeString(leftover, "half");
        Files.writeString(foreign, "mine");
        Lake again = new LakeWriter(folder, Compression.ZSTD, "test 1").lake();
        assertFalse(Files.exists(leftover));
        assertTrue(Files.exists(foreign));
        assertEquals("test 1", again.verify(TICKS).writer());
    }

    @Test
    void shouldSayThatAFolderCannotBeUsed() throws IOException {
        LakeException none = assertThrows(LakeException.class, () -> new Lake(folder.resolve("none")).partitions());
        assertTrue(none.getMessage().contains("there is no folder " + folder.resolve("none")), none.getMessage());
        LakeException e = assertThrows(
                LakeException.class, () -> new LakeWriter(file.resolve("lake"), Compression.ZSTD, "test 1"));
        assertTrue(e.getMessage().startsWith("cannot write the lake " + file.resolve("lake")), e.getMessage());
        Partition missing = new Partition(Dataset.OHLCV, "BTC", TICKS.date());
        LakeException absent =
                assertThrows(LakeException.class, () -> writer.lake().read(missing));
        assertTrue(absent.getMessage().contains("there is no file"), absent.getMessage());
    }

    private void assertDamaged(String how) {
        LakeDamagedException e = assertThrows(
                LakeDamagedException.class, () -> writer.lake().verify(TICKS), () -> "not noticed: " + how);
        assertTrue(e.getMessage().startsWith(file + ": "), how + ": " + e.getMessage());
    }
}
