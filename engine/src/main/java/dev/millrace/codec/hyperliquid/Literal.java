package dev.millrace.codec.hyperliquid;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text of up to 16 bytes that stands between the values of a frame in its usual form, compared eight bytes at a time. A
 * record, as the compiler takes the fields of constant records for constants.
 *
 * @param head the first bytes
 * @param unused how many bits of the head do not belong to it
 * @param tail the last eight bytes, of a longer text
 */
record Literal(int length, long head, int unused, long tail) {

    static Literal of(String ascii) {
        byte[] text = ascii.getBytes(StandardCharsets.US_ASCII);
        if (text.length == 0 || text.length > 2 * Long.BYTES) {
            throw new IllegalArgumentException("a literal has 1 to 16 bytes, not " + text.length);
        }
        int unused = Math.max(0, Long.BYTES - text.length) * Byte.SIZE;
        long head = EightBytes.at(Arrays.copyOf(text, Math.max(text.length, Long.BYTES)), 0);
        long tail = text.length > Long.BYTES ? EightBytes.at(text, text.length - Long.BYTES) : 0;
        return new Literal(text.length, head << unused, unused, tail);
    }

    /** Whether it stands here; at least 16 bytes must follow in the array. */
    boolean isAt(byte[] bytes, int from) {
        return EightBytes.at(bytes, from) << unused == head
                && (length <= Long.BYTES || EightBytes.at(bytes, from + length - Long.BYTES) == tail);
    }
}
