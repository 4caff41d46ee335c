package dev.millrace.codec.hyperliquid;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string or number of a frame as UTF-8 bytes: a range of the frame itself, or a decoded copy where it was escaped.
 * Reused; valid as long as the frame.
 */
final class Text {

    private static final byte DELETE = 0x7F;

    byte[] bytes;
    int start;
    int end;

    void set(byte[] newBytes, int newStart, int newEnd) {
        if (bytes != newBytes) {
            // Mostly the same array again: saves the collector's write barrier.
            bytes = newBytes;
        }
        start = newStart;
        end = newEnd;
    }

    int length() {
        return end - start;
    }

    boolean is(byte[] word) {
        return word.length == length() && Arrays.equals(word, 0, word.length, bytes, start, end);
    }

    /** Words to compare texts with. */
    static byte[][] words(String... names) {
        byte[][] words = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            words[i] = names[i].getBytes(StandardCharsets.UTF_8);
        }
        return words;
    }

    /** Index of the equal word; −1 when there is none. */
    int indexIn(byte[][] words) {
        for (int i = 0; i < words.length; i++) {
            if (is(words[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Empty names and names with control characters would break every line they are printed in. */
    boolean isName() {
        for (int i = start; i < end; i++) {
            if ((bytes[i] & 0xFF) < ' ' || bytes[i] == DELETE) {
                return false;
            }
        }
        return start < end;
    }
}
