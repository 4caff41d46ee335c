package dev.millrace.codec.hyperliquid;

/**
 * A decimal as the venue writes nearly all: above zero, at most 8 decimals, far from overflow. Whatever else it may be is
 * for {@link PlainDecimal} to say. Reads beyond what it takes: {@link #REACH} bytes of the array must follow. Reused;
 * market thread.
 */
final class UsualNumber {

    /** Shorter than what could overflow a long. */
    private static final int MAX_DIGITS = 16;
    /** Digits, their point, and the rest of the last eight bytes looked at. */
    static final int REACH = MAX_DIGITS + 1 + 2 * Long.BYTES;

    private static final int SCALE = 8;

    private long magnitude;
    private int decimals;

    /** Reads a number from here; gives the index behind it, or −1 when it is not of that kind. */
    int read(byte[] bytes, int from) {
        int at = digits(bytes, from);
        if (at < 0 || bytes[at] != '.') {
            decimals = 0;
            return magnitude > 0 ? at : -1;
        }
        long digits = EightBytes.digitsAt(bytes, at + 1);
        int count = EightBytes.digitCount(digits);
        if (count == 0 || at - from + count > MAX_DIGITS) {
            return -1;
        }
        magnitude = PlainDecimal.scaled(magnitude, SCALE - count, SCALE) + EightBytes.number(digits, count);
        decimals = count;
        return magnitude > 0 ? at + 1 + count : -1;
    }

    /** Reads an integer of at least zero. */
    int readInteger(byte[] bytes, int from) {
        decimals = 0;
        return digits(bytes, from);
    }

    /** Digits without a leading zero, at most 16; a seventeenth stands where something else must. */
    private int digits(byte[] bytes, int from) {
        long digits = EightBytes.digitsAt(bytes, from);
        int count = EightBytes.digitCount(digits);
        if (count == 0 || (count > 1 && bytes[from] == '0')) {
            return -1;
        }
        magnitude = EightBytes.number(digits, count);
        return count < Long.BYTES ? from + count : moreDigits(bytes, from + count);
    }

    private int moreDigits(byte[] bytes, int from) {
        long digits = EightBytes.digitsAt(bytes, from);
        int count = EightBytes.digitCount(digits);
        if (count == 0) {
            return from;
        }
        magnitude = PlainDecimal.scaled(magnitude, SCALE - count, SCALE) + EightBytes.number(digits, count);
        return from + count;
    }

    /** The digits as a number. */
    long magnitude() {
        return magnitude;
    }

    int decimals() {
        return decimals;
    }

    /** Whether it fits a long of scale 8. */
    boolean fitsPrice() {
        return PlainDecimal.fits(magnitude, decimals, SCALE);
    }

    /** Scale 8. */
    long price() {
        return PlainDecimal.scaled(magnitude, decimals, SCALE);
    }
}
