package dev.millrace.codec.hyperliquid;

import dev.millrace.market.BookFrame.Levels;
import java.io.IOException;
import java.util.Arrays;

/**
 * One side of a book. Sizes stay as digits and decimals until the coin, hence the scale, is known: it may stand behind
 * the levels.
 */
final class LevelsDecoder {

    private static final int PX = 0;
    private static final int SZ = 1;
    private static final int N = 2;
    private static final int MAX_SCALE = 8;

    private final Fields fields;
    private final boolean bids;
    private final PlainDecimal size = new PlainDecimal();
    private final UsualLevel usual = new UsualLevel();
    private byte[] decimals = new byte[20];

    LevelsDecoder(Refusals refusals, boolean bids) {
        this.bids = bids;
        fields = new Fields(refusals, 3, "px", "sz", "n");
    }

    /** Reads an array of levels, best first; unfit ones refuse the owner. */
    void array(FrameReader in, Fields owner, Levels into) throws IOException {
        if (in.token() != '[') {
            owner.refuseType(in);
            return;
        }
        for (boolean more = in.enterArray(); more; more = in.nextElement()) {
            level(in, owner, into);
        }
    }

    /** Reads one level behind those already there. */
    void level(FrameReader in, Fields owner, Levels into) throws IOException {
        if (in.token() != '{') {
            owner.refuseType(in);
            return;
        }
        if (usual.read(in.bytes(), in.position(), in.length())) {
            in.passObject(usual.end());
            owner.refuse(append(into, usual.price(), usual.sizeMagnitude(), usual.sizeDecimals(), usual.orders()));
        } else {
            anyLevel(in, owner, into);
        }
    }

    private void anyLevel(FrameReader in, Fields owner, Levels into) throws IOException {
        long price = 0;
        long orders = 0;
        fields.begin();
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (fields.next(in)) {
                case PX -> price = fields.price(in);
                case SZ -> fields.size(in, size);
                case N -> orders = fields.count(in);
                default -> in.skip();
            }
        }
        RefusalReason reason = fields.end();
        owner.refuse(reason == null ? appendAny(into, price, orders) : reason);
    }

    /** Brings the sizes to the coin's scale; gives why one does not fit, or null. */
    RefusalReason scaleTo(int scale, Levels levels) {
        for (int i = 0; i < levels.count; i++) {
            RefusalReason reason = PlainDecimal.refusal(levels.size[i], decimals[i], scale);
            if (reason != null) {
                return reason;
            }
            levels.size[i] = PlainDecimal.scaled(levels.size[i], decimals[i], scale);
        }
        levels.sizeScale = scale;
        return null;
    }

    private RefusalReason appendAny(Levels into, long price, long orders) {
        if (size.decimals() > MAX_SCALE) {
            return RefusalReason.DECIMALS;
        }
        if (!size.fitsLong() || orders > Integer.MAX_VALUE) {
            return RefusalReason.OVERFLOW;
        }
        return append(into, price, size.magnitude(), size.decimals(), (int) orders);
    }

    private RefusalReason append(Levels into, long price, long magnitude, int sizeDecimals, int orders) {
        int last = into.count - 1;
        if (last >= 0 && (bids ? price >= into.price[last] : price <= into.price[last])) {
            return RefusalReason.UNSORTED;
        }
        into.add(price, magnitude, orders);
        if (last + 1 >= decimals.length) {
            decimals = Arrays.copyOf(decimals, decimals.length * 2);
        }
        decimals[last + 1] = (byte) sizeDecimals;
        return null;
    }
}
