package dev.millrace.codec.hyperliquid;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The inside of JSON strings: almost all are plain ASCII, passed eight bytes at a time; the others take the slow way. */
final class StringRules {

    private static final long SPACES = EightBytes.ONES * ' ';
    private static final long QUOTES = EightBytes.ONES * '"';
    private static final long BACKSLASHES = EightBytes.ONES * '\\';
    private static final byte[] NOTHING = {};

    private StringRules() {}

    /**
     * Where plain text ends: at the first quote, backslash, control character or byte beyond ASCII, or at {@code to}.
     * Before it the bytes are the text.
     */
    static int plainEnd(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = EightBytes.at(bytes, i);
            long ends = (word
                            | (word - SPACES)
                            | ((word ^ QUOTES) - EightBytes.ONES)
                            | ((word ^ BACKSLASHES) - EightBytes.ONES))
                    & EightBytes.HIGH_BITS;
            if (ends != 0) {
                // A borrow raises a false alarm only above a true one, and the lowest counts.
                return i + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
            }
        }
        while (i < to && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    /** Index of the quote that ends a string; {@code to} when there is none. */
    static int end(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        return Math.min(i, to);
    }

    /** Whether the range is the inside of a JSON string in UTF-8; allocates only where it is not ASCII. */
    static boolean isValid(byte[] bytes, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\\') {
                int escape = escapeLength(bytes, i, to);
                if (escape == 0) {
                    return false;
                }
                i += escape - 1;
            } else if (b < 0) {
                ascii = false;
            } else if (b < ' ') {
                return false;
            }
        }
        return ascii || isUtf8(bytes, from, to);
    }

    /** The UTF-8 text of a valid range; empty when it holds half a surrogate pair, which no text can. */
    static byte[] decode(byte[] bytes, int from, int to) throws CharacterCodingException {
        CharBuffer raw = decodeUtf8(bytes, from, to);
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (raw.charAt(++i) == 'u') {
                text.append(
                        (char) Integer.parseInt(raw.subSequence(i + 1, i + 5).toString(), 16));
                i += 4;
            } else {
                text.append(unescaped(raw.charAt(i)));
            }
        }
        return encode(text);
    }

    private static byte[] encode(CharSequence text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[utf8.remaining()];
            utf8.get(exact);
            return exact;
        } catch (CharacterCodingException halfPair) {
            return NOTHING;
        }
    }

    private static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            return decodeUtf8(bytes, from, to).hasArray();
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static CharBuffer decodeUtf8(byte[] bytes, int from, int to) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
    }

    /** Length of the escape at a backslash; 0 when it is none. */
    private static int escapeLength(byte[] bytes, int at, int to) {
        byte kind = at + 1 < to ? bytes[at + 1] : 0;
        if (kind != 'u') {
            return "\"\\/bfnrt".indexOf(kind) < 0 ? 0 : 2;
        }
        int digits = 0;
        while (digits < 4 && at + 2 + digits < to && Character.digit(bytes[at + 2 + digits], 16) >= 0) {
            digits++;
        }
        return digits == 4 ? 6 : 0;
    }

    private static char unescaped(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }
}
