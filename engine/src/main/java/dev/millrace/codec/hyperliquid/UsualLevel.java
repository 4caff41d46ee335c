package dev.millrace.codec.hyperliquid;

import java.nio.charset.StandardCharsets;

/**
 * A level exactly as the venue writes it today, {@code {"px":"105055.0","sz":"0.00011","n":3}}, read in one pass. Books
 * are half of what the market thread decodes, and their levels nearly all of a book. Whatever differs in the least, or
 * breaks a rule, is left to the general reader, which knows every form and every reason. Market thread.
 */
final class UsualLevel {

    private static final byte[] PRICE = bytes("\"px\":\"");
    private static final byte[] SIZE = bytes("\",\"sz\":\"");
    private static final byte[] ORDERS = bytes("\",\"n\":");
    /** Shorter than what could overflow a long. */
    private static final int MAX_DIGITS = 17;

    private static final int MAX_SCALE = 8;
    private static final int MAX_ORDER_DIGITS = 9;

    private long price;
    private long sizeMagnitude;
    private int sizeDecimals;
    private int orders;
    private int end;

    private long magnitude;
    private int decimals;

    /**
     * Reads the level whose opening brace stands just before {@code from}.
     *
     * @return false when it is not of the usual form, or not fit; then nothing else is valid
     */
    boolean read(byte[] bytes, int from, int length) {
        int at = number(bytes, past(PRICE, bytes, from, length), length);
        if (at < 0 || !PlainDecimal.fits(magnitude, decimals, MAX_SCALE)) {
            return false;
        }
        price = PlainDecimal.scaled(magnitude, decimals, MAX_SCALE);
        at = number(bytes, past(SIZE, bytes, at, length), length);
        sizeMagnitude = magnitude;
        sizeDecimals = decimals;
        at = at < 0 ? at : past(ORDERS, bytes, at, length);
        return at >= 0 && orders(bytes, at, length);
    }

    /** Scale 8, above zero. */
    long price() {
        return price;
    }

    /** Digits of the size as a number, above zero. */
    long sizeMagnitude() {
        return sizeMagnitude;
    }

    int sizeDecimals() {
        return sizeDecimals;
    }

    int orders() {
        return orders;
    }

    /** Index of the closing brace. */
    int end() {
        return end;
    }

    /** A plain number above zero with at most 8 decimals; the index behind it, or −1. */
    private int number(byte[] bytes, int from, int length) {
        if (from < 0) {
            return from;
        }
        long value = 0;
        int i = from;
        int digit;
        while (i < length && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
            value = value * 10 + digit;
            i++;
        }
        int whole = i - from;
        int fraction = 0;
        if (i < length && bytes[i] == '.') {
            int first = ++i;
            while (i < length && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
                value = value * 10 + digit;
                i++;
            }
            fraction = i - first;
            if (fraction == 0) {
                return -1;
            }
        }
        magnitude = value;
        decimals = fraction;
        boolean plain = whole > 0 && (whole == 1 || bytes[from] != '0') && whole + fraction <= MAX_DIGITS;
        return plain && fraction <= MAX_SCALE && value > 0 ? i : -1;
    }

    private boolean orders(byte[] bytes, int from, int length) {
        int value = 0;
        int i = from;
        int digit;
        while (i < length && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
            value = value * 10 + digit;
            i++;
        }
        int digits = i - from;
        orders = value;
        end = i;
        boolean plain = digits == 1 || (digits > 1 && digits <= MAX_ORDER_DIGITS && bytes[from] != '0');
        return plain && i < length && bytes[i] == '}';
    }

    /** The index behind a literal that must stand here, or −1. */
    private static int past(byte[] literal, byte[] bytes, int from, int length) {
        if (from < 0 || from + literal.length > length) {
            return -1;
        }
        for (int i = 0; i < literal.length; i++) {
            if (bytes[from + i] != literal[i]) {
                return -1;
            }
        }
        return from + literal.length;
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
