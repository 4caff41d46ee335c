package dev.millrace.codec.hyperliquid;

import dev.millrace.market.AssetContext;
import dev.millrace.market.BookFrame;
import dev.millrace.market.Candle;
import dev.millrace.market.Channel;
import dev.millrace.market.Decimals;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.MidPrices;
import dev.millrace.market.SubscriptionAck;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TradeBatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a frame, in words that the decoder and the reference share.
 *
 * @param accepted one line for each accepted element, every leaf as plain decimal text
 * @param refused how many elements were refused
 */
record Outcome(Channel channel, List<String> accepted, int refused) {

    static Outcome of(DecodedFrame frame, SymbolTable symbols) {
        List<String> lines = new ArrayList<>();
        switch (frame.channel) {
            case TRADES -> trades(frame.trades, symbols, lines);
            case L2_BOOK -> book(frame.book, symbols, lines);
            case BBO -> book(frame.bbo, symbols, lines);
            case ALL_MIDS -> mids(frame.mids, symbols, lines);
            case CANDLE -> candle(frame.candle, symbols, lines);
            case ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> context(frame.context, symbols, lines);
            case ACK -> ack(frame.ack, symbols, lines);
            case PONG, ERROR, UNKNOWN, NOT_A_MESSAGE -> lines.add("nothing");
        }
        return new Outcome(frame.channel, lines, frame.refused);
    }

    private static void trades(TradeBatch trades, SymbolTable symbols, List<String> lines) {
        for (int i = 0; i < trades.count; i++) {
            lines.add(String.join(
                    " ",
                    symbols.name(trades.symbol[i]),
                    trades.buy[i] ? "buy" : "sell",
                    price(trades.price[i]),
                    size(trades.size[i], trades.sizeScale[i]),
                    String.valueOf(trades.timeMs[i]),
                    String.valueOf(trades.tid[i])));
        }
    }

    private static void book(BookFrame book, SymbolTable symbols, List<String> lines) {
        if (book.valid) {
            lines.add(symbols.name(book.symbol) + " " + book.timeMs + " fast " + book.fast);
            levels(book.bids, "bid", lines);
            levels(book.asks, "ask", lines);
        }
    }

    private static void levels(BookFrame.Levels levels, String side, List<String> lines) {
        for (int i = 0; i < levels.count; i++) {
            lines.add(side + " " + price(levels.price[i]) + " " + size(levels.size[i], levels.sizeScale) + " "
                    + levels.orders[i]);
        }
    }

    private static void mids(MidPrices mids, SymbolTable symbols, List<String> lines) {
        for (int i = 0; i < mids.count; i++) {
            lines.add(symbols.name(mids.symbol[i]) + " " + price(mids.price[i]));
        }
    }

    private static void candle(Candle candle, SymbolTable symbols, List<String> lines) {
        if (candle.valid) {
            lines.add(String.join(
                    " ",
                    symbols.name(candle.symbol),
                    candle.interval,
                    String.valueOf(candle.intervalMs),
                    String.valueOf(candle.startMs),
                    String.valueOf(candle.endInclusiveMs),
                    price(candle.open),
                    price(candle.high),
                    price(candle.low),
                    price(candle.close),
                    plain(candle.volume.decimal()),
                    String.valueOf(candle.tradeCount)));
        }
    }

    private static void context(AssetContext context, SymbolTable symbols, List<String> lines) {
        if (context.valid) {
            lines.add(symbols.name(context.symbol) + " spot " + context.spot);
            for (AssetContext.Field field : AssetContext.Field.values()) {
                lines.add(field.wireName() + " " + plain(context.get(field).decimal()));
            }
        }
    }

    private static void ack(SubscriptionAck ack, SymbolTable symbols, List<String> lines) {
        if (ack.valid) {
            String coin = ack.symbol < 0 ? "-" : symbols.name(ack.symbol);
            lines.add(String.join(
                    " ",
                    String.valueOf(ack.subscribe),
                    ack.channel.name(),
                    coin,
                    String.valueOf(ack.fast),
                    "[" + ack.interval + "]",
                    "[" + ack.dex + "]"));
        }
    }

    private static String price(long value) {
        return Decimals.text(value);
    }

    private static String size(long value, int scale) {
        return plain(BigDecimal.valueOf(value, scale)) + "/" + scale;
    }

    /** Plain text without trailing zeros; {@code -} for none. */
    static String plain(BigDecimal value) {
        return value == null ? "-" : Decimals.text(value);
    }
}
