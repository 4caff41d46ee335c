package dev.millrace.codec.hyperliquid;

import dev.millrace.market.WideDecimal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The members of one kind of JSON object and the rules they share: which were seen, and the first reason to refuse the
 * object. A method that reads a field passes its value whatever it is; when it is unfit it notes why and the returned
 * number means nothing. A key that stands twice refuses the object: neither value is more right than the other.
 */
final class Fields {

    /** Milliseconds beyond this, the year 287396, are not times. */
    private static final long MAX_TIME_MS = (1L << 53) - 1;

    private static final int PRICE_SCALE = 8;
    private static final byte[] BUY = "B".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SELL = "A".getBytes(StandardCharsets.UTF_8);

    private final Refusals refusals;
    private final Keys keys;
    private final long required;
    private final PlainDecimal number = new PlainDecimal();
    private final Text word = new Text();
    private long seen;
    private RefusalReason reason;

    /**
     * @param required how many of the names, from the first, must be there
     * @param names the known keys; their positions are the indexes that {@link #next} gives
     */
    Fields(Refusals refusals, int required, String... names) {
        this.refusals = refusals;
        this.keys = new Keys(names);
        this.required = (1L << required) - 1;
    }

    /** Forgets the object before. */
    void begin() {
        seen = 0;
        reason = null;
    }

    /** Reads a name up to its value and gives its index, or {@link Keys#UNKNOWN}, whose value is to be skipped. */
    int next(FrameReader in) throws IOException {
        int index = in.name(keys);
        if (index == Keys.UNKNOWN) {
            refusals.addUnknownKey();
            return index;
        }
        long bit = 1L << index;
        if ((seen & bit) != 0) {
            refuse(RefusalReason.DUPLICATE);
        }
        seen |= bit;
        return index;
    }

    /** Notes a reason unless there is one already; null is none. */
    void refuse(RefusalReason why) {
        if (reason == null) {
            reason = why;
        }
    }

    /** Ends the object: the first reason to refuse it, or null. */
    RefusalReason end() {
        if (reason == null && (seen & required) != required) {
            return RefusalReason.MISSING;
        }
        return reason;
    }

    boolean hasSeen(int index) {
        return (seen & 1L << index) != 0;
    }

    /** Passes a value that should have been of another type, and notes that. */
    void refuseType(FrameReader in) throws IOException {
        refuse(in.token() == 'n' ? RefusalReason.NULL : RefusalReason.WRONG_TYPE);
        in.skip();
    }

    /** A price above zero, scale 8. */
    long price(FrameReader in) throws IOException {
        RefusalReason why = number.read(in);
        if (why == null) {
            why = number.refusalAt(PRICE_SCALE);
        }
        if (why == null && (number.isNegative() || number.isZero())) {
            why = RefusalReason.PRICE;
        }
        if (why != null) {
            refuse(why);
            return 0;
        }
        return number.at(PRICE_SCALE);
    }

    /** A size above zero; its scale depends on the coin, so the caller asks for it when that is known. */
    void size(FrameReader in, PlainDecimal size) throws IOException {
        RefusalReason why = size.read(in);
        if (why == null && (size.isNegative() || size.isZero())) {
            why = RefusalReason.SIZE;
        }
        refuse(why);
    }

    /** An integer of at least zero. */
    long count(FrameReader in) throws IOException {
        RefusalReason why = number.read(in);
        if (why == null) {
            why = number.refusalAt(0);
        }
        if (why == null && number.isNegative()) {
            why = RefusalReason.NEGATIVE;
        }
        if (why != null) {
            refuse(why);
            return 0;
        }
        return number.magnitude();
    }

    static boolean isTime(long timeMs) {
        return timeMs > 0 && timeMs <= MAX_TIME_MS;
    }

    /** Milliseconds since 1970. */
    long time(FrameReader in) throws IOException {
        long time = count(in);
        if (reason == null && !isTime(time)) {
            refuse(RefusalReason.TIME);
        }
        return time;
    }

    /** An exact aggregate. */
    void wide(FrameReader in, WideDecimal into, boolean signed) throws IOException {
        RefusalReason why = number.read(in);
        if (why == null && !signed && number.isNegative()) {
            why = RefusalReason.NEGATIVE;
        }
        refuse(why == null ? number.copyTo(into) : why);
    }

    /** A string. */
    void text(FrameReader in, Text into) throws IOException {
        if (in.token() == '"') {
            in.string(into);
        } else {
            into.set(SELL, 0, 0);
            refuseType(in);
        }
    }

    /** A coin's name. */
    void coin(FrameReader in, Text into) throws IOException {
        text(in, into);
        if (!into.isName()) {
            refuse(RefusalReason.COIN);
        }
    }

    /** True for a buyer as the aggressor, false for a seller. */
    boolean side(FrameReader in) throws IOException {
        text(in, word);
        boolean buy = word.is(BUY);
        if (!buy && !word.is(SELL)) {
            refuse(RefusalReason.SIDE);
        }
        return buy;
    }

    /** An optional flag: false when null. */
    boolean flag(FrameReader in) throws IOException {
        byte token = in.token();
        if (token != 't' && token != 'f' && token != 'n') {
            refuse(RefusalReason.WRONG_TYPE);
        }
        in.skip();
        return token == 't';
    }
}
