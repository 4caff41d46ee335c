package dev.millrace.codec.hyperliquid;

/**
 * A trade exactly as the venue writes it today, read in one pass:
 * {@code {"coin":"BTC","side":"B","px":"105055.0","sz":"0.00011","time":1756904400000,"hash":"0x…","tid":7,"users":["0x…","0x…"]}}.
 * Whatever differs in the least, or breaks a rule, is left to the general reader. Market thread.
 */
final class UsualTrade {

    private static final Literal COIN = Literal.of("\"coin\":\"");
    private static final Literal SIDE = Literal.of("\",\"side\":\"");
    private static final Literal PRICE = Literal.of("\",\"px\":\"");
    private static final Literal SIZE = Literal.of("\",\"sz\":\"");
    private static final Literal TIME = Literal.of("\",\"time\":");
    private static final Literal HASH = Literal.of(",\"hash\":\"");
    private static final Literal TID = Literal.of("\",\"tid\":");
    private static final Literal USERS = Literal.of(",\"users\":[\"");
    private static final Literal NEXT_USER = Literal.of("\",\"");
    private static final Literal END = Literal.of("\"]}");
    /** More than what is looked at for a number and the text around it. */
    private static final int REACH = UsualNumber.REACH + 4 * Long.BYTES;

    final Text coin = new Text();
    private final UsualNumber number = new UsualNumber();
    private boolean buy;
    private long price;
    private long sizeMagnitude;
    private int sizeDecimals;
    private long timeMs;
    private long tid;
    private int end;

    /**
     * Reads the trade whose opening brace stands just before {@code from}.
     *
     * @return false when it is not of the usual form, or not fit; then nothing else is valid
     */
    boolean read(byte[] bytes, int from, int length) {
        if (from + REACH > bytes.length || !COIN.isAt(bytes, from)) {
            return false;
        }
        int at = prices(bytes, coin(bytes, from + COIN.length(), length));
        at = time(bytes, at);
        at = string(bytes, at, HASH, length);
        at = tid(bytes, at);
        at = string(bytes, at, USERS, length);
        at = string(bytes, at, NEXT_USER, length);
        if (at < 0 || at + 2 * Long.BYTES > bytes.length || !END.isAt(bytes, at)) {
            return false;
        }
        end = at + END.length() - 1;
        return end < length;
    }

    boolean buy() {
        return buy;
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

    /** Exchange time. */
    long timeMs() {
        return timeMs;
    }

    long tid() {
        return tid;
    }

    /** Index of the closing brace. */
    int end() {
        return end;
    }

    private int coin(byte[] bytes, int from, int length) {
        int quote = StringRules.plainEnd(bytes, from, length);
        coin.set(bytes, from, quote);
        return coin.isName() ? quote : -1;
    }

    private int prices(byte[] bytes, int from) {
        if (from < 0 || from + 3 * REACH > bytes.length || !SIDE.isAt(bytes, from)) {
            return -1;
        }
        int at = from + SIDE.length();
        byte side = bytes[at];
        buy = side == 'B';
        if ((!buy && side != 'A') || !PRICE.isAt(bytes, at + 1)) {
            return -1;
        }
        at = number.read(bytes, at + 1 + PRICE.length());
        if (at < 0 || !SIZE.isAt(bytes, at) || !number.fitsPrice()) {
            return -1;
        }
        price = number.price();
        at = number.read(bytes, at + SIZE.length());
        sizeMagnitude = number.magnitude();
        sizeDecimals = number.decimals();
        return at;
    }

    private int time(byte[] bytes, int from) {
        if (from < 0 || !TIME.isAt(bytes, from)) {
            return -1;
        }
        int at = number.readInteger(bytes, from + TIME.length());
        timeMs = number.magnitude();
        return Fields.isTime(timeMs) ? at : -1;
    }

    private int tid(byte[] bytes, int from) {
        if (from < 0 || from + REACH > bytes.length || !TID.isAt(bytes, from)) {
            return -1;
        }
        int at = number.readInteger(bytes, from + TID.length());
        tid = number.magnitude();
        return at;
    }

    /** Passes what introduces a string and its plain inside; gives the index of what ends that, or −1. */
    private static int string(byte[] bytes, int from, Literal before, int length) {
        if (from < 0 || from + 2 * Long.BYTES > bytes.length || !before.isAt(bytes, from)) {
            return -1;
        }
        return StringRules.plainEnd(bytes, from + before.length(), length);
    }
}
