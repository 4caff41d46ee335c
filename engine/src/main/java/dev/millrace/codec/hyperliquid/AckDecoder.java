package dev.millrace.codec.hyperliquid;

import dev.millrace.market.Channel;
import dev.millrace.market.SubscriptionAck;
import dev.millrace.market.SymbolTable;
import java.io.IOException;

/**
 * The object of a {@code subscriptionResponse} frame. The venue repeats the request with defaults added and keys in its
 * own order; a subscription of a type this version does not decode is understood as {@link Channel#UNKNOWN}.
 */
final class AckDecoder {

    private static final int METHOD = 0;
    private static final int SUBSCRIPTION = 1;

    private static final int TYPE = 0;
    private static final int COIN = 1;
    private static final int INTERVAL = 2;
    private static final int DEX = 3;
    private static final int FAST = 4;

    private static final byte[][] METHODS = Text.words("subscribe", "unsubscribe");
    private static final Channel[] TYPES = {
        Channel.TRADES, Channel.L2_BOOK, Channel.BBO, Channel.ALL_MIDS, Channel.CANDLE, Channel.ASSET_CONTEXT
    };
    private static final byte[][] TYPE_NAMES =
            Text.words("trades", "l2Book", "bbo", "allMids", "candle", "activeAssetCtx");

    private final SymbolTable symbols;
    /** Names of dexes seen, so that a known one allocates nothing. */
    private final SymbolTable dexes = new SymbolTable();

    private final Refusals refusals;
    private final Fields frame;
    private final Fields subscription;
    private final Text word = new Text();
    private final Text coin = new Text();

    AckDecoder(SymbolTable symbols, Refusals refusals) {
        this.symbols = symbols;
        this.refusals = refusals;
        frame = new Fields(refusals, 2, "method", "subscription");
        subscription = new Fields(refusals, 1, "type", "coin", "interval", "dex", "fast", "nSigFigs", "mantissa");
    }

    void decode(FrameReader in, SubscriptionAck into) throws IOException {
        frame.begin();
        if (in.token() == '{') {
            members(in, into);
        } else {
            frame.refuseType(in);
        }
        RefusalReason reason = frame.end();
        if (reason == null) {
            into.valid = true;
        } else {
            refusals.add(reason);
        }
    }

    private void members(FrameReader in, SubscriptionAck into) throws IOException {
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (frame.next(in)) {
                case METHOD -> method(in, into);
                case SUBSCRIPTION -> subscription(in, into);
                default -> in.skip();
            }
        }
    }

    private void method(FrameReader in, SubscriptionAck into) throws IOException {
        frame.text(in, word);
        int index = word.indexIn(METHODS);
        into.subscribe = index == 0;
        if (index < 0) {
            frame.refuse(RefusalReason.METHOD);
        }
    }

    private void subscription(FrameReader in, SubscriptionAck into) throws IOException {
        if (in.token() != '{') {
            frame.refuseType(in);
            return;
        }
        subscription.begin();
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (subscription.next(in)) {
                case TYPE -> type(in, into);
                case COIN -> subscription.coin(in, coin);
                case INTERVAL -> interval(in, into);
                case DEX -> dex(in, into);
                case FAST -> into.fast = subscription.flag(in);
                default -> in.skip();
            }
        }
        frame.refuse(finish(into));
    }

    private void type(FrameReader in, SubscriptionAck into) throws IOException {
        subscription.text(in, word);
        int index = word.indexIn(TYPE_NAMES);
        into.channel = index < 0 ? Channel.UNKNOWN : TYPES[index];
    }

    private void interval(FrameReader in, SubscriptionAck into) throws IOException {
        subscription.text(in, word);
        int index = Intervals.indexOf(word);
        if (index < 0) {
            subscription.refuse(RefusalReason.INTERVAL);
        } else {
            into.interval = Intervals.name(index);
        }
    }

    private void dex(FrameReader in, SubscriptionAck into) throws IOException {
        if (in.token() == 'n') {
            in.skip();
            return;
        }
        subscription.text(in, word);
        into.dex = dexes.name(dexes.id(word.bytes, word.start, word.length()));
    }

    private RefusalReason finish(SubscriptionAck into) {
        RefusalReason reason = subscription.end();
        if (reason != null || into.channel == Channel.UNKNOWN || into.channel == Channel.ALL_MIDS) {
            return reason;
        }
        boolean complete =
                subscription.hasSeen(COIN) && (into.channel != Channel.CANDLE || subscription.hasSeen(INTERVAL));
        if (!complete) {
            return RefusalReason.MISSING;
        }
        into.symbol = symbols.id(coin.bytes, coin.start, coin.length());
        return null;
    }
}
