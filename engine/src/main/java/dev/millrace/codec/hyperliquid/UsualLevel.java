package dev.millrace.codec.hyperliquid;

/**
 * A level exactly as the venue writes it today, {@code {"px":"105055.0","sz":"0.00011","n":3}}, read in one pass. Books
 * are half of what the market thread decodes, and their levels nearly all of a book. Whatever differs in the least, or
 * breaks a rule, is left to the general reader, which knows every form and every reason. Market thread.
 */
final class UsualLevel {

    private static final Literal PRICE = Literal.of("\"px\":\"");
    private static final Literal SIZE = Literal.of("\",\"sz\":\"");
    private static final Literal ORDERS = Literal.of("\",\"n\":");
    /** More than a level and what is looked at behind it. */
    private static final int REACH = 3 * (UsualNumber.REACH + 2 * Long.BYTES);

    private final UsualNumber number = new UsualNumber();
    private long price;
    private long sizeMagnitude;
    private int sizeDecimals;
    private int orders;
    private int end;

    /**
     * Reads the level whose opening brace stands just before {@code from}.
     *
     * @return false when it is not of the usual form, or not fit; then nothing else is valid
     */
    boolean read(byte[] bytes, int from, int length) {
        if (from + REACH > bytes.length || !PRICE.isAt(bytes, from)) {
            return false;
        }
        int at = number.read(bytes, from + PRICE.length());
        if (at < 0 || !SIZE.isAt(bytes, at) || !number.fitsPrice()) {
            return false;
        }
        price = number.price();
        at = number.read(bytes, at + SIZE.length());
        if (at < 0 || !ORDERS.isAt(bytes, at)) {
            return false;
        }
        sizeMagnitude = number.magnitude();
        sizeDecimals = number.decimals();
        end = orders(bytes, at + ORDERS.length());
        return end >= 0 && end < length;
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

    /** At most eight digits and the closing brace; its index, or −1. */
    private int orders(byte[] bytes, int from) {
        long digits = EightBytes.digitsAt(bytes, from);
        int count = EightBytes.digitCount(digits);
        if (count == 0 || bytes[from + count] != '}' || (count > 1 && bytes[from] == '0')) {
            return -1;
        }
        orders = (int) EightBytes.number(digits, count);
        return from + count;
    }
}
