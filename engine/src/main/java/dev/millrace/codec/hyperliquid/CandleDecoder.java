package dev.millrace.codec.hyperliquid;

import dev.millrace.market.Candle;
import dev.millrace.market.SymbolTable;
import java.io.IOException;

/** The object of a {@code candle} frame; refused as a whole. */
final class CandleDecoder {

    private static final int START = 0;
    private static final int END = 1;
    private static final int COIN = 2;
    private static final int INTERVAL = 3;
    private static final int OPEN = 4;
    private static final int CLOSE = 5;
    private static final int HIGH = 6;
    private static final int LOW = 7;
    private static final int VOLUME = 8;
    private static final int COUNT = 9;

    private final SymbolTable symbols;
    private final Refusals refusals;
    private final Fields fields;
    private final Text coin = new Text();
    private final Text interval = new Text();

    CandleDecoder(SymbolTable symbols, Refusals refusals) {
        this.symbols = symbols;
        this.refusals = refusals;
        fields = new Fields(refusals, 10, "t", "T", "s", "i", "o", "c", "h", "l", "v", "n");
    }

    void decode(FrameReader in, Candle into) throws IOException {
        fields.begin();
        if (in.token() == '{') {
            members(in, into);
        } else {
            fields.refuseType(in);
        }
        RefusalReason reason = fields.end();
        if (reason == null && into.endInclusiveMs < into.startMs) {
            reason = RefusalReason.TIME;
        }
        if (reason == null) {
            into.symbol = symbols.id(coin.bytes, coin.start, coin.length());
            into.valid = true;
        } else {
            refusals.add(reason);
        }
    }

    private void members(FrameReader in, Candle into) throws IOException {
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (fields.next(in)) {
                case START -> into.startMs = fields.time(in);
                case END -> into.endInclusiveMs = fields.time(in);
                case COIN -> fields.coin(in, coin);
                case INTERVAL -> interval(in, into);
                case OPEN -> into.open = fields.price(in);
                case CLOSE -> into.close = fields.price(in);
                case HIGH -> into.high = fields.price(in);
                case LOW -> into.low = fields.price(in);
                case VOLUME -> fields.wide(in, into.volume, false);
                case COUNT -> into.tradeCount = fields.count(in);
                default -> in.skip();
            }
        }
    }

    private void interval(FrameReader in, Candle into) throws IOException {
        fields.text(in, interval);
        int index = Intervals.indexOf(interval);
        if (index < 0) {
            fields.refuse(RefusalReason.INTERVAL);
        } else {
            into.interval = Intervals.name(index);
            into.intervalMs = Intervals.millis(index);
        }
    }
}
