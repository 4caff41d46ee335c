package dev.millrace.codec.hyperliquid;

import dev.millrace.market.MidPrices;
import dev.millrace.market.SymbolTable;
import java.io.IOException;
import java.util.Arrays;

/** The object of an {@code allMids} frame; each entry stands or falls alone, a coin's second one falls. */
final class MidsDecoder {

    private static final int MIDS = 0;
    private static final int DEX = 1;
    /** More than an entry and what is looked at behind it. */
    private static final int REACH = GuessedNames.REACH + UsualNumber.REACH + Long.BYTES;

    private final SymbolTable symbols;
    private final Refusals refusals;
    private final Fields frame;
    private final Fields entry;
    private final Text coin = new Text();
    private final Text dex = new Text();
    /** Names of dexes seen, so that a known one allocates nothing. */
    private final SymbolTable dexes = new SymbolTable();

    /** By symbol id, the frame that last had it. */
    private int[] lastFrame = new int[1024];

    private final GuessedNames names = new GuessedNames();
    private final UsualNumber number = new UsualNumber();
    private int frameNumber;
    /** How many entries of the frame have passed. */
    private int place;

    MidsDecoder(SymbolTable symbols, Refusals refusals) {
        this.symbols = symbols;
        this.refusals = refusals;
        frame = new Fields(refusals, 1, "mids", "dex");
        entry = new Fields(refusals, 0);
    }

    void decode(FrameReader in, MidPrices into) throws IOException {
        frame.begin();
        frameNumber++;
        place = 0;
        if (in.token() == '{') {
            members(in, into);
        } else {
            frame.refuseType(in);
        }
        RefusalReason reason = frame.end();
        if (reason != null) {
            into.count = 0;
            refusals.add(reason);
        }
    }

    private void members(FrameReader in, MidPrices into) throws IOException {
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (frame.next(in)) {
                case MIDS -> mids(in, into);
                case DEX -> dex(in, into);
                default -> in.skip();
            }
        }
    }

    private void mids(FrameReader in, MidPrices into) throws IOException {
        if (in.token() == '{') {
            entries(in, into);
        } else {
            frame.refuseType(in);
        }
    }

    /** It routes the frame and is part of no mid, so an odd one refuses none. */
    private void dex(FrameReader in, MidPrices into) throws IOException {
        if (in.token() == '"') {
            in.string(dex);
            into.dex = dexes.name(dexes.id(dex.bytes, dex.start, dex.length()));
        } else {
            into.dex = in.token() == 'n' ? "" : null;
            in.skip();
        }
    }

    private void entries(FrameReader in, MidPrices into) throws IOException {
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            if (in.token() != '"' || !usualEntries(in, into)) {
                anyEntry(in, into);
            }
        }
    }

    /**
     * Reads entries as long as they are exactly {@code "BTC":"105055.0"}, fit, and their names in the order of the frame
     * before.
     *
     * @return false when not even the first is
     */
    private boolean usualEntries(FrameReader in, MidPrices into) throws IOException {
        byte[] bytes = in.bytes();
        int from = in.position();
        int passed = -1;
        for (int quote = usualEntry(bytes, from, in.length(), into); quote >= 0; ) {
            passed = quote;
            boolean more = bytes[quote + 1] == ',' && bytes[quote + 2] == '"';
            quote = more ? usualEntry(bytes, quote + 3, in.length(), into) : -1;
        }
        if (passed >= 0) {
            in.passString(passed);
        }
        return passed >= 0;
    }

    /** Reads one entry behind its first quote; gives the index of its last, or −1. */
    private int usualEntry(byte[] bytes, int from, int length, MidPrices into) {
        if (from + REACH > bytes.length) {
            return -1;
        }
        int symbol = names.find(place, bytes, from);
        if (symbol < 0) {
            return -1;
        }
        int at = from + names.size(place);
        if (bytes[at] != ':' || bytes[at + 1] != '"') {
            return -1;
        }
        at = number.read(bytes, at + 2);
        if (at < 0 || at >= length || bytes[at] != '"' || !number.fitsPrice() || lastFrame[symbol] == frameNumber) {
            return -1;
        }
        lastFrame[symbol] = frameNumber;
        into.add(symbol, number.price());
        place++;
        return at;
    }

    private void anyEntry(FrameReader in, MidPrices into) throws IOException {
        entry.begin();
        in.name(coin);
        if (!coin.isName()) {
            entry.refuse(RefusalReason.COIN);
        }
        long price = entry.price(in);
        RefusalReason reason = entry.end();
        if (reason == null) {
            reason = append(in, into, price);
        }
        if (reason != null) {
            refusals.add(reason);
        }
        place++;
    }

    private RefusalReason append(FrameReader in, MidPrices into, long price) {
        int symbol = symbols.id(coin.bytes, coin.start, coin.length());
        names.learn(place, coin, in.bytes(), symbol);
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
