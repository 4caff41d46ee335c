package dev.millrace.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.StateException;
import dev.millrace.market.StateWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

    private static final int SEMANTICS = 5;

    @TempDir
    Path folder;

    private final StateWriter state = new StateWriter();
    private Path file;
    private byte[] whole;

    @BeforeEach
    void write() throws IOException {
        for (long i = 0; i < 80; i++) {
            state.writeLong(i * i * i);
        }
        file = folder.resolve("capture-9.snap");
        SnapshotFile.write(file, new SnapshotLabel("1.2.3", SEMANTICS, 9, 77), state.bytes(), state.length());
        whole = Files.readAllBytes(file);
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        Snapshot snapshot = SnapshotFile.read(file, SEMANTICS);
        assertEquals(9, snapshot.sequence());
        assertEquals(77, snapshot.receiveNs());
        for (long i = 0; i < 80; i++) {
            assertEquals(i * i * i, snapshot.state().readLong());
        }
        snapshot.state().requireEnd();
        assertEquals("MILLSNAP", new String(whole, 0, 8, StandardCharsets.US_ASCII));
    }

    @Test
    void shouldNoticeEachFlippedBit() throws IOException {
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << bit);
                refused(flipped, "byte " + at + ", bit " + bit);
            }
        }
    }

    @Test
    void shouldNoticeEachCutAndEveryLongerFile() throws IOException {
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length), "cut to " + length);
        }
        refused(Arrays.copyOf(whole, whole.length + 1), "longer by one");
    }

    @Test
    void shouldNotUseTheStateOfOtherSemantics() {
        String message = assertThrows(StateException.class, () -> SnapshotFile.read(file, SEMANTICS + 1))
                .getMessage();
        assertTrue(message.contains("semantics version 5; this program has 6"), message);
    }

    private void refused(byte[] bytes, String what) throws IOException {
        Files.write(file, bytes);
        assertThrows(StateException.class, () -> SnapshotFile.read(file, SEMANTICS), what);
    }
}
