package dev.millrace.codec.hyperliquid;

import dev.millrace.market.AssetContext;
import dev.millrace.market.AssetContext.Field;
import dev.millrace.market.SymbolTable;
import java.io.IOException;
import java.util.stream.Stream;

/**
 * The object of an {@code activeAssetCtx} (perp) or {@code activeSpotAssetCtx} frame; refused as a whole. Premium, mid and
 * impact prices are null where a book is empty; what the venue did not always send may be absent.
 */
final class ContextDecoder {

    private static final int COIN = 0;
    private static final int CTX = 1;
    private static final String IMPACT_PRICES = "impactPxs";

    private final SymbolTable symbols;
    private final Refusals refusals;
    private final Fields frame;
    private final Fields context;
    private final boolean spot;
    /** By index of the key in {@link #context}. */
    private final Field[] wanted;

    private final int required;
    private final Text coin = new Text();

    private ContextDecoder(
            SymbolTable symbols, Refusals refusals, boolean spot, int required, Field[] wanted, String... others) {
        this.symbols = symbols;
        this.refusals = refusals;
        this.spot = spot;
        this.required = required;
        this.wanted = wanted;
        frame = new Fields(refusals, 2, "coin", "ctx");
        String[] names = Stream.concat(Stream.of(wanted).map(Field::wireName), Stream.of(others))
                .toArray(String[]::new);
        context = new Fields(refusals, required, names);
    }

    static ContextDecoder perp(SymbolTable symbols, Refusals refusals) {
        Field[] wanted = {
            Field.FUNDING,
            Field.OPEN_INTEREST,
            Field.PREV_DAY_PRICE,
            Field.DAY_NOTIONAL_VOLUME,
            Field.ORACLE_PRICE,
            Field.MARK_PRICE,
            Field.PREMIUM,
            Field.MID_PRICE,
            Field.DAY_BASE_VOLUME
        };
        return new ContextDecoder(symbols, refusals, false, 6, wanted, IMPACT_PRICES);
    }

    static ContextDecoder spot(SymbolTable symbols, Refusals refusals) {
        Field[] wanted = {
            Field.PREV_DAY_PRICE,
            Field.DAY_NOTIONAL_VOLUME,
            Field.MARK_PRICE,
            Field.MID_PRICE,
            Field.CIRCULATING_SUPPLY,
            Field.DAY_BASE_VOLUME
        };
        return new ContextDecoder(symbols, refusals, true, 3, wanted, "coin", "totalSupply");
    }

    void decode(FrameReader in, AssetContext into) throws IOException {
        frame.begin();
        into.spot = spot;
        if (in.token() == '{') {
            members(in, into);
        } else {
            frame.refuseType(in);
        }
        RefusalReason reason = frame.end();
        if (reason == null) {
            into.symbol = symbols.id(coin.bytes, coin.start, coin.length());
            into.valid = true;
        } else {
            refusals.add(reason);
        }
    }

    private void members(FrameReader in, AssetContext into) throws IOException {
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (frame.next(in)) {
                case COIN -> frame.coin(in, coin);
                case CTX -> context(in, into);
                default -> in.skip();
            }
        }
    }

    private void context(FrameReader in, AssetContext into) throws IOException {
        if (in.token() != '{') {
            frame.refuseType(in);
            return;
        }
        context.begin();
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            int index = context.next(in);
            if (index >= 0 && index < wanted.length) {
                value(in, into, wanted[index], index >= required);
            } else if (index == wanted.length && !spot) {
                impactPrices(in, into);
            } else {
                in.skip();
            }
        }
        frame.refuse(context.end());
    }

    private void value(FrameReader in, AssetContext into, Field field, boolean nullable) throws IOException {
        if (nullable && in.token() == 'n') {
            in.skip();
        } else {
            context.wide(in, into.get(field), field == Field.FUNDING || field == Field.PREMIUM);
        }
    }

    private void impactPrices(FrameReader in, AssetContext into) throws IOException {
        if (in.token() == 'n') {
            in.skip();
            return;
        }
        if (in.token() != '[') {
            context.refuseType(in);
            return;
        }
        int count = 0;
        for (boolean more = in.enterArray(); more; more = in.nextElement()) {
            switch (count++) {
                case 0 -> value(in, into, Field.IMPACT_BID, false);
                case 1 -> value(in, into, Field.IMPACT_ASK, false);
                default -> in.skip();
            }
        }
        if (count != 2) {
            context.refuse(RefusalReason.WRONG_TYPE);
        }
    }
}
