package dev.millrace.benchmarks.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages are put together again however their bytes come. */
class MessagesTest {

    private final Messages messages = new Messages();

    @Test
    void shouldTakeAMessageOfEachLengthFromAnyPieces() {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int length : new int[] {5, 125, 126, 65_535, 65_536}) {
            wire.writeBytes(frame(0x81, "x".repeat(length)));
        }
        byte[] all = wire.toByteArray();
        messages.add(Arrays.copyOf(all, 100_000));
        messages.add(Arrays.copyOfRange(all, 100_000, all.length));
        assertEquals(
                List.of(5L, 125L, 126L, 65_535L, 65_536L),
                messages.prints().stream().map(print -> print >>> Integer.SIZE).toList());
        assertEquals(print("xxxxx"), messages.prints().get(0));
    }

    @Test
    void shouldJoinFragmentsAndLeaveOutWhatIsNotWhole() {
        messages.add(frame(0x01, "ab"));
        messages.add(frame(0x00, "cd"));
        messages.add(frame(0x80, "ef"));
        messages.add(Arrays.copyOf(frame(0x81, "broken off"), 6));
        assertEquals(List.of(print("abcdef")), messages.prints());
    }

    private static long print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Messages.print(bytes, bytes.length);
    }

    private static byte[] frame(int first, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = text.length();
        int width = length < 126 ? 0 : length < 65_536 ? 2 : 8;
        out.write(first);
        out.write(width == 0 ? length : width == 2 ? 126 : 127);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            out.write(shift < Integer.SIZE ? length >>> shift : 0);
        }
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
