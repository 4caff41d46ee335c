package dev.millrace.pipeline;

import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * The last mid of each symbol: a frame of mids repeats hundreds that have not moved. Market thread; allocates only at the first
 * sight of a symbol.
 */
final class HeldMids implements StatePart {

    private long[] price = new long[1024];
    private int known;

    /** Takes a mid, scale 8; whether it differs from the one before. */
    boolean moves(int symbol, long newPrice) {
        if (symbol >= price.length) {
            price = Arrays.copyOf(price, Math.max(symbol + 1, price.length * 2));
        }
        known = Math.max(known, symbol + 1);
        boolean moved = price[symbol] != newPrice;
        price[symbol] = newPrice;
        return moved;
    }

    @Override
    public String stateTag() {
        return "MIDS";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeInt(known);
        for (int symbol = 0; symbol < known; symbol++) {
            out.writeLong(price[symbol]);
        }
    }

    @Override
    public void readFrom(StateReader in) {
        int count = in.count(Long.BYTES);
        for (int symbol = 0; symbol < count; symbol++) {
            moves(symbol, in.readLong());
        }
    }
}
