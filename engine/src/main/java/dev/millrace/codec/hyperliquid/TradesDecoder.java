package dev.millrace.codec.hyperliquid;

import dev.millrace.market.Instruments;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TradeBatch;
import java.io.IOException;

/** The array of a {@code trades} frame; each element stands or falls alone. */
final class TradesDecoder {

    private static final int COIN = 0;
    private static final int SIDE = 1;
    private static final int PX = 2;
    private static final int SZ = 3;
    private static final int TIME = 4;
    private static final int TID = 5;

    private final SymbolTable symbols;
    private final Instruments instruments;
    private final Refusals refusals;
    private final Fields fields;
    private final Text coin = new Text();
    private final PlainDecimal size = new PlainDecimal();
    private final UsualTrade usual = new UsualTrade();

    TradesDecoder(SymbolTable symbols, Instruments instruments, Refusals refusals) {
        this.symbols = symbols;
        this.instruments = instruments;
        this.refusals = refusals;
        fields = new Fields(refusals, 6, "coin", "side", "px", "sz", "time", "tid", "hash", "users");
    }

    void decode(FrameReader in, TradeBatch into) throws IOException {
        if (in.token() != '[') {
            fields.begin();
            fields.refuseType(in);
            refuse(into, -1, 0, fields.end());
            return;
        }
        for (boolean more = in.enterArray(); more; more = in.nextElement()) {
            fields.begin();
            into.reading = -1;
            if (in.token() == '{') {
                if (usual.read(in.bytes(), in.position(), in.length())) {
                    in.passObject(usual.end());
                    appendUsual(into);
                } else {
                    element(in, into);
                }
            } else {
                fields.refuseType(in);
                refuse(into, -1, 0, fields.end());
            }
        }
    }

    private void appendUsual(TradeBatch into) {
        Text name = usual.coin;
        int symbol = symbols.id(name.bytes, name.start, name.length());
        int scale = instruments.sizeScale(symbol);
        RefusalReason reason = PlainDecimal.refusal(usual.sizeMagnitude(), usual.sizeDecimals(), scale);
        if (reason == null) {
            long sized = PlainDecimal.scaled(usual.sizeMagnitude(), usual.sizeDecimals(), scale);
            into.add(symbol, usual.timeMs(), usual.tid(), usual.price(), sized, scale, usual.buy());
        } else {
            refuse(into, symbol, usual.timeMs(), reason);
        }
    }

    private void element(FrameReader in, TradeBatch into) throws IOException {
        boolean buy = false;
        long price = 0;
        long time = 0;
        long tid = 0;
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (fields.next(in)) {
                case COIN -> {
                    fields.coin(in, coin);
                    into.reading = coin.isName() ? symbols.find(coin.bytes, coin.start, coin.length()) : -1;
                }
                case SIDE -> buy = fields.side(in);
                case PX -> price = fields.price(in);
                case SZ -> fields.size(in, size);
                case TIME -> time = fields.time(in);
                case TID -> tid = fields.count(in);
                default -> in.skip();
            }
        }
        RefusalReason reason = fields.end();
        if (reason == null) {
            reason = append(into, time, tid, price, buy);
        }
        if (reason != null) {
            refuse(into, into.reading, time, reason);
        }
    }

    private void refuse(TradeBatch into, int symbol, long time, RefusalReason reason) {
        refusals.add(reason);
        into.addRefused(symbol, time);
    }

    private RefusalReason append(TradeBatch into, long time, long tid, long price, boolean buy) {
        int symbol = symbols.id(coin.bytes, coin.start, coin.length());
        int scale = instruments.sizeScale(symbol);
        RefusalReason reason = size.refusalAt(scale);
        if (reason == null) {
            into.add(symbol, time, tid, price, size.at(scale), scale, buy);
        }
        return reason;
    }
}
