package dev.millrace.codec.hyperliquid;

import dev.millrace.market.MidPrices;
import dev.millrace.market.SymbolTable;
import java.io.IOException;
import java.util.Arrays;

/** The object of an {@code allMids} frame; each entry stands or falls alone, a coin's second one falls. */
final class MidsDecoder {

    private static final int MIDS = 0;

    private final SymbolTable symbols;
    private final Refusals refusals;
    private final Fields frame;
    private final Fields entry;
    private final Text coin = new Text();
    /** By symbol id, the frame that last had it. */
    private int[] lastFrame = new int[1024];

    private int frameNumber;

    MidsDecoder(SymbolTable symbols, Refusals refusals) {
        this.symbols = symbols;
        this.refusals = refusals;
        frame = new Fields(refusals, 1, "mids", "dex");
        entry = new Fields(refusals, 0);
    }

    void decode(FrameReader in, MidPrices into) throws IOException {
        frame.begin();
        frameNumber++;
        if (in.token() == '{') {
            members(in, into);
        } else {
            frame.refuseType(in);
        }
        RefusalReason reason = frame.end();
        if (reason != null) {
            into.clear();
            refusals.add(reason);
        }
    }

    private void members(FrameReader in, MidPrices into) throws IOException {
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            if (frame.next(in) != MIDS) {
                in.skip();
            } else if (in.token() == '{') {
                entries(in, into);
            } else {
                frame.refuseType(in);
            }
        }
    }

    private void entries(FrameReader in, MidPrices into) throws IOException {
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            entry.begin();
            in.name(coin);
            if (!coin.isName()) {
                entry.refuse(RefusalReason.COIN);
            }
            long price = entry.price(in);
            RefusalReason reason = entry.end();
            if (reason == null) {
                reason = append(into, price);
            }
            if (reason != null) {
                refusals.add(reason);
            }
        }
    }

    private RefusalReason append(MidPrices into, long price) {
        int symbol = symbols.id(coin.bytes, coin.start, coin.length());
        if (symbol >= lastFrame.length) {
            lastFrame = Arrays.copyOf(lastFrame, Math.max(symbol + 1, lastFrame.length * 2));
        }
        if (lastFrame[symbol] == frameNumber) {
            return RefusalReason.DUPLICATE;
        }
        lastFrame[symbol] = frameNumber;
        into.add(symbol, price);
        return null;
    }
}
