package dev.millrace.simulator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing, reusable buffer of JSON text in the venue's number forms. */
final class JsonText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[8192];
    private int length;

    JsonText clear() {
        length = 0;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Raw text, ASCII. */
    JsonText raw(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    JsonText raw(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /** A quoted string, escaped. */
    JsonText string(String text) {
        raw('"');
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                raw('\\').raw((char) b);
            } else if (b >= 0 && b < ' ') {
                raw("\\u00").raw((char) HEX[b >>> 4]).raw((char) HEX[b & 15]);
            } else {
                raw((char) b);
            }
        }
        return raw('"');
    }

    /** An integer. */
    JsonText number(long value) {
        if (value < 0) {
            return raw(Long.toString(value));
        }
        int width = width(value);
        reserve(width);
        writeDigits(bytes, length, width, value);
        length += width;
        return this;
    }

    /** A quoted decimal of scale 8: plain, at least one decimal, no zeros behind it. */
    JsonText decimal(long scale8) {
        long whole = scale8 / 100_000_000L;
        long fraction = scale8 % 100_000_000L;
        int width = 8;
        while (width > 1 && fraction % 10 == 0) {
            fraction /= 10;
            width--;
        }
        raw('"').number(whole).raw('.');
        reserve(width);
        writeDigits(bytes, length, width, fraction);
        length += width;
        return raw('"');
    }

    /** A quoted decimal in the same form. */
    JsonText decimal(BigDecimal value) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return raw('"').raw((shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString())
                .raw('"');
    }

    /** A quoted {@code 0x…} of this many bytes, expanded from the seed; seed 0 gives zeros. */
    JsonText hex(long seed, int byteCount) {
        raw("\"0x");
        reserve(2 * byteCount);
        long bits = 0;
        for (int i = 0; i < byteCount; i++) {
            if ((i & 7) == 0) {
                bits = seed == 0 ? 0 : SeededRandom.mix(seed + i);
            }
            bytes[length++] = HEX[(int) (bits >>> 4) & 15];
            bytes[length++] = HEX[(int) bits & 15];
            bits >>>= 8;
        }
        return raw('"');
    }

    /** Decimal digits of a non-negative value, with zeros before it. */
    static void writeDigits(byte[] target, int offset, int width, long value) {
        long rest = value;
        for (int i = offset + width - 1; i >= offset; i--) {
            long tenth = rest / 10;
            target[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
    }

    private static int width(long value) {
        int width = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            width++;
        }
        return width;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
