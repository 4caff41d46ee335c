package dev.millrace.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

    private static final int SEMANTICS = 5;

    @TempDir
    Path folder;

    private final byte[] state = new byte[700];
    private Path file;
    private byte[] whole;

    @BeforeEach
    void write() throws IOException {
        new Random(1).nextBytes(state);
        state[0] = (byte) 0xBC;
        state[1] = 2;
        state[2] = 0;
        state[3] = 0;
        file = folder.resolve("capture-9.snap");
        SnapshotFile.write(file, new SnapshotLabel("1.2.3", SEMANTICS, 9, 77), state, state.length);
        whole = Files.readAllBytes(file);
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        Snapshot snapshot = SnapshotFile.read(file, SEMANTICS);
        assertEquals(9, snapshot.sequence());
        assertEquals(77, snapshot.receiveNs());
        // The first four bytes say 700.
        byte[] rest = Arrays.copyOfRange(state, 4, 4 + 0x2BC - 4);
        assertEquals(0x2BC, snapshot.state().readInt());
        for (byte expected : rest) {
            assertEquals(expected != 0, snapshot.state().readFlag());
        }
        snapshot.state().requireEnd();
        assertArrayEquals("MILLSNAP\1\0\0\0\5".getBytes("ISO-8859-1"), Arrays.copyOf(whole, 13));
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
