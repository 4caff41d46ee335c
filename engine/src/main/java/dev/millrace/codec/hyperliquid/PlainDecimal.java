package dev.millrace.codec.hyperliquid;

import dev.millrace.market.WideDecimal;
import java.io.IOException;

/**
 * A number in plain decimal notation, read exactly: sign, digits, and how many of them are decimals. Its grammar is
 * JSON's without exponents, for strings too. Reused; market thread.
 */
final class PlainDecimal {

    private static final int MAX_WIDE_DIGITS = 38;
    private static final long[] POWERS = powersOfTen();
    /** The greatest long that the power of the same index does not overflow. */
    private static final long[] LIMITS = limits();

    private final Text text = new Text();
    private boolean negative;
    private int decimals;
    /** Digits from the first that is not zero. */
    private int digits;
    /** The digits as a number; meaningless unless {@link #fitsLong()}. */
    private long magnitude;

    /**
     * Reads the string or bare number at the reader's token.
     *
     * @return null, or why it is not a number
     */
    RefusalReason read(FrameReader in) throws IOException {
        byte token = in.token();
        if (token == '"') {
            return readQuoted(in);
        }
        if (token == '-' || isDigit(token)) {
            return readBare(in);
        }
        in.skip();
        return token == 'n' ? RefusalReason.NULL : RefusalReason.WRONG_TYPE;
    }

    /**
     * Reads what must be a bare number.
     *
     * @return null, or that it has an exponent
     * @throws IOException when it is not a number of JSON
     */
    RefusalReason readBare(FrameReader in) throws IOException {
        int from = in.position() - 1;
        int end = scan(in.bytes(), from, in.length());
        in.number(text, end);
        if (end > from && end == text.end) {
            return null;
        }
        if (end > from && isExponent(text.bytes, end, text.end)) {
            return RefusalReason.EXPONENT;
        }
        throw in.notJson();
    }

    private RefusalReason readQuoted(FrameReader in) throws IOException {
        byte[] bytes = in.bytes();
        int from = in.position();
        int end = scan(bytes, from, in.length());
        if (end > from && end < in.length() && bytes[end] == '"') {
            text.set(bytes, from, end);
            in.passString(end);
            return null;
        }
        in.string(text);
        return reread();
    }

    /** The uncommon string: escaped, or not a plain number. */
    private RefusalReason reread() {
        int end = scan(text.bytes, text.start, text.end);
        if (end == text.end && end > text.start) {
            return null;
        }
        if (text.length() == 0) {
            return RefusalReason.EMPTY;
        }
        boolean exponent = end > text.start && isExponent(text.bytes, end, text.end);
        return exponent ? RefusalReason.EXPONENT : RefusalReason.NUMBER;
    }

    boolean isNegative() {
        return negative && digits > 0;
    }

    boolean isZero() {
        return digits == 0;
    }

    int decimals() {
        return decimals;
    }

    /** The digits as a number, to be multiplied later; only when {@link #fitsLong()}. */
    long magnitude() {
        return magnitude;
    }

    boolean fitsLong() {
        return digits < 19 || (digits == 19 && magnitude > 0);
    }

    /** Why the number is not a long of this scale; null when it is. */
    RefusalReason refusalAt(int scale) {
        if (decimals <= scale && !fitsLong()) {
            return RefusalReason.OVERFLOW;
        }
        return refusal(magnitude, decimals, scale);
    }

    /** Why a magnitude with so many decimals is not a long of the scale; null when it is. */
    static RefusalReason refusal(long magnitude, int decimals, int scale) {
        if (decimals > scale) {
            return RefusalReason.DECIMALS;
        }
        return fits(magnitude, decimals, scale) ? null : RefusalReason.OVERFLOW;
    }

    /** The number as a long of this scale, where nothing speaks against it. */
    long at(int scale) {
        long value = scaled(magnitude, decimals, scale);
        return negative ? -value : value;
    }

    /** Whether a magnitude with so many decimals fits a long of the scale, which is not smaller. */
    static boolean fits(long magnitude, int decimals, int scale) {
        return magnitude <= LIMITS[scale - decimals];
    }

    static long scaled(long magnitude, int decimals, int scale) {
        return magnitude * POWERS[scale - decimals];
    }

    /** Copies the exact number; gives why it cannot, or null. */
    RefusalReason copyTo(WideDecimal into) {
        if (decimals > MAX_WIDE_DIGITS) {
            return RefusalReason.DECIMALS;
        }
        if (digits > MAX_WIDE_DIGITS) {
            return RefusalReason.OVERFLOW;
        }
        if (fitsLong()) {
            long value = negative ? -magnitude : magnitude;
            into.set(value >> 63, value, decimals);
        } else {
            copyWide(into);
        }
        return null;
    }

    private void copyWide(WideDecimal into) {
        long high = 0;
        long low = 0;
        for (int i = text.start; i < text.end; i++) {
            int digit = text.bytes[i] - '0';
            if (digit >= 0) {
                long carry = Math.multiplyHigh(low, 10) + (low >> 63 & 10);
                long product = low * 10;
                low = product + digit;
                high = high * 10 + carry + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
            }
        }
        if (negative) {
            low = -low;
            high = low == 0 ? -high : ~high;
        }
        into.set(high, low, decimals);
    }

    /** Takes the longest number from here apart; gives the index behind it, or {@code from} when there is none. */
    private int scan(byte[] bytes, int from, int to) {
        boolean minus = from < to && bytes[from] == '-';
        int first = minus ? from + 1 : from;
        int point = -1;
        long value = 0;
        int significant = 0;
        int i = first;
        for (; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                significant += (significant | digit) == 0 ? 0 : 1;
            } else if (bytes[i] == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        negative = minus;
        magnitude = value;
        digits = significant;
        decimals = point < 0 ? 0 : i - point - 1;
        return isNumber(bytes, first, i, point) ? i : from;
    }

    /** JSON's grammar: no leading zeros, and digits on both sides of a point. */
    private static boolean isNumber(byte[] bytes, int first, int end, int point) {
        int whole = (point < 0 ? end : point) - first;
        return whole > 0 && (whole == 1 || bytes[first] != '0') && point != end - 1;
    }

    private static boolean isExponent(byte[] bytes, int from, int to) {
        if (bytes[from] != 'e' && bytes[from] != 'E') {
            return false;
        }
        int i = from + 1;
        if (i < to && (bytes[i] == '+' || bytes[i] == '-')) {
            i++;
        }
        int first = i;
        while (i < to && isDigit(bytes[i])) {
            i++;
        }
        return i > first && i == to;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    private static long[] limits() {
        long[] limits = new long[POWERS.length];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = Long.MAX_VALUE / POWERS[i];
        }
        return limits;
    }
}
