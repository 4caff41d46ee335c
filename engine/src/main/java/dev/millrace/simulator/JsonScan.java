package dev.millrace.simulator;

import java.nio.charset.StandardCharsets;

/**
 * Finds fields in JSON bytes without decoding them, in one pass. It believes well-formed text and never fails: where
 * the text is something else, there is no further field.
 */
final class JsonScan {

    private final byte[] bytes;
    private final int end;
    private int position;
    private String key = "";

    JsonScan(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    int position() {
        return position;
    }

    /** Name of the field that the scan stands at. */
    String key() {
        return key;
    }

    /** Steps into an object or array; false when something else stands here. */
    boolean enter(char bracket) {
        return take(bracket);
    }

    /** Goes to the value of the next field of this object. */
    boolean nextField() {
        take(',');
        if (!peek('"')) {
            return false;
        }
        key = string();
        return take(':');
    }

    /** Goes to the next element of this array. */
    boolean nextElement() {
        take(',');
        skipSpace();
        return position < end && bytes[position] != ']';
    }

    /** The text of the string that stands here, escapes left as they are; empty for another value, which is skipped. */
    String string() {
        if (!peek('"')) {
            skip();
            return "";
        }
        int start = position + 1;
        skipString();
        return new String(bytes, start, Math.max(0, position - 1 - start), StandardCharsets.UTF_8);
    }

    /** Whether {@code true} stands here; skips the value. */
    boolean isTrue() {
        boolean result = peek('t');
        skip();
        return result;
    }

    /** Goes behind the value that stands here. */
    void skip() {
        skipSpace();
        int depth = 0;
        while (position < end) {
            byte b = bytes[position];
            if (b == '"') {
                skipString();
            } else if (b == '{' || b == '[') {
                depth++;
                position++;
            } else if (b == '}' || b == ']') {
                if (depth-- == 0) {
                    return;
                }
                position++;
            } else if (b == ',' && depth == 0) {
                return;
            } else {
                position++;
                continue;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private void skipString() {
        position++;
        while (position < end && bytes[position] != '"') {
            position += bytes[position] == '\\' ? 2 : 1;
        }
        position = Math.min(end, position + 1);
    }

    private boolean peek(char c) {
        skipSpace();
        return position < end && bytes[position] == c;
    }

    private boolean take(char c) {
        if (!peek(c)) {
            return false;
        }
        position++;
        return true;
    }

    private void skipSpace() {
        while (position < end && bytes[position] <= ' ') {
            position++;
        }
    }
}
