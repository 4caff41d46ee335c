package dev.millrace.codec.hyperliquid;

import dev.millrace.market.BookFrame;
import dev.millrace.market.Instruments;
import dev.millrace.market.SymbolTable;
import java.io.IOException;

/** The object of an {@code l2Book} or {@code bbo} frame; refused as a whole. An empty book is valid. */
final class BookDecoder {

    private static final int COIN = 0;
    private static final int TIME = 1;
    private static final int SIDES = 2;
    private static final int FAST = 3;

    private final SymbolTable symbols;
    private final Instruments instruments;
    private final Refusals refusals;
    private final Fields fields;
    private final boolean topOnly;
    private final LevelsDecoder bids;
    private final LevelsDecoder asks;
    private final Text coin = new Text();

    private BookDecoder(
            SymbolTable symbols, Instruments instruments, Refusals refusals, Fields fields, boolean topOnly) {
        this.symbols = symbols;
        this.instruments = instruments;
        this.refusals = refusals;
        this.fields = fields;
        this.topOnly = topOnly;
        bids = new LevelsDecoder(refusals, true);
        asks = new LevelsDecoder(refusals, false);
    }

    static BookDecoder l2Book(SymbolTable symbols, Instruments instruments, Refusals refusals) {
        Fields fields = new Fields(refusals, 3, "coin", "time", "levels", "fast", "spread");
        return new BookDecoder(symbols, instruments, refusals, fields, false);
    }

    static BookDecoder bbo(SymbolTable symbols, Instruments instruments, Refusals refusals) {
        return new BookDecoder(symbols, instruments, refusals, new Fields(refusals, 3, "coin", "time", "bbo"), true);
    }

    void decode(FrameReader in, BookFrame into) throws IOException {
        fields.begin();
        if (in.token() == '{') {
            members(in, into);
        } else {
            fields.refuseType(in);
        }
        RefusalReason reason = fields.end();
        if (reason == null) {
            reason = finish(into);
        }
        if (reason == null) {
            into.valid = true;
        } else {
            refusals.add(reason);
        }
    }

    private void members(FrameReader in, BookFrame into) throws IOException {
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (fields.next(in)) {
                case COIN -> fields.coin(in, coin);
                case TIME -> into.timeMs = fields.time(in);
                case SIDES -> sides(in, into);
                case FAST -> into.fast = fields.flag(in);
                default -> in.skip();
            }
        }
    }

    private void sides(FrameReader in, BookFrame into) throws IOException {
        if (in.token() != '[') {
            fields.refuseType(in);
            return;
        }
        int count = 0;
        for (boolean more = in.enterArray(); more; more = in.nextElement()) {
            switch (count++) {
                case 0 -> side(in, bids, into.bids);
                case 1 -> side(in, asks, into.asks);
                default -> in.skip();
            }
        }
        if (count != 2) {
            fields.refuse(RefusalReason.WRONG_TYPE);
        }
    }

    private void side(FrameReader in, LevelsDecoder decoder, BookFrame.Levels into) throws IOException {
        if (!topOnly) {
            decoder.array(in, fields, into);
        } else if (in.token() == 'n') {
            in.skip();
        } else {
            decoder.level(in, fields, into);
        }
    }

    private RefusalReason finish(BookFrame into) {
        if (into.bids.count > 0 && into.asks.count > 0 && into.bids.price[0] >= into.asks.price[0]) {
            return RefusalReason.CROSSED;
        }
        into.symbol = symbols.id(coin.bytes, coin.start, coin.length());
        int scale = instruments.sizeScale(into.symbol);
        RefusalReason reason = bids.scaleTo(scale, into.bids);
        return reason == null ? asks.scaleTo(scale, into.asks) : reason;
    }
}
