package dev.millrace.freshness;

import dev.millrace.config.FreshnessConfig;
import dev.millrace.market.AssetContext;
import dev.millrace.market.BookFrame;
import dev.millrace.market.Candle;
import java.util.List;

/**
 * What one stream proves of another of the same coin: a volume or a count that rises is a trade, a new top in
 * two books in a row is a bbo, a trade is a candle. Whoever does not show it within the grace is mute. Market thread.
 */
final class Witnesses {

    /** A smaller rise may be rounding: sums of a day have 20 digits. */
    private static final double ROUNDING = 1e-12;

    private static final int MOVED_BOOKS = 2;

    private final Streams streams;
    private long graceMs;

    Witnesses(Streams streams, FreshnessConfig config) {
        this.streams = streams;
        configure(config);
    }

    void configure(FreshnessConfig config) {
        graceMs = config.grace().toMillis();
    }

    /** @param before when the context came the last time */
    void onContext(Stream context, AssetContext told, long before, long nowMs) {
        double volume = told.get(AssetContext.Field.DAY_NOTIONAL_VOLUME).approximate();
        boolean rose = volume - context.volume > ROUNDING * volume; // false for NaN
        context.volume = volume;
        if (rose) {
            challengeTrades(context.symbol, before - graceMs, nowMs, "the context's day volume rose");
        }
    }

    void onCandle(Stream candle, Candle told, long nowMs) {
        boolean known = candle.candleStartMs != Stream.NEVER;
        boolean rose = told.startMs == candle.candleStartMs
                ? told.tradeCount > candle.candleTrades
                : told.startMs > candle.candleStartMs && told.tradeCount > 0;
        candle.candleStartMs = told.startMs;
        candle.candleTrades = told.tradeCount;
        if (known && rose) {
            challengeTrades(candle.symbol, nowMs - graceMs, nowMs, "the candle's count of trades rose");
        }
    }

    private void challengeTrades(int symbol, long explainedSinceMs, long nowMs, String proof) {
        List<Stream> some = streams.of(symbol);
        for (int i = 0; i < some.size(); i++) {
            Stream trades = some.get(i);
            if (trades.kind == StreamKind.TRADES && trades.quietSinceMs() < explainedSinceMs) {
                trades.challenge(nowMs + graceMs, proof);
            }
        }
    }

    /** Trades came that are no snapshot. */
    void onTrades(int symbol, long nowMs) {
        List<Stream> some = streams.of(symbol);
        for (int i = 0; i < some.size(); i++) {
            Stream candle = some.get(i);
            if (candle.kind == StreamKind.CANDLE && candle.quietSinceMs() < nowMs - graceMs) {
                candle.challenge(nowMs + graceMs, "trades came");
            }
        }
    }

    /** A book came whose best is another than the book's before, or not. */
    void onBook(int symbol, BookFrame book, boolean moved, long nowMs) {
        List<Stream> some = streams.of(symbol);
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i).kind == StreamKind.BBO) {
                judgeBbo(some.get(i), book, moved, nowMs);
            }
        }
    }

    private void judgeBbo(Stream bbo, BookFrame book, boolean moved, long nowMs) {
        if (bbo.top.is(book)) {
            bbo.moves = 0;
            bbo.challengeMs = Stream.NONE;
            return;
        }
        bbo.moves = moved || bbo.moves > 0 ? bbo.moves + 1 : 0;
        if (bbo.moves >= MOVED_BOOKS) {
            bbo.challenge(nowMs + graceMs, "the best of two books in a row is another");
        }
    }

    /** Whether another stream of the coin would show that this one is mute. */
    boolean watch(Stream stream) {
        List<Stream> some = streams.of(stream.symbol);
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i).state == StreamState.LIVE && isWitness(some.get(i).kind, stream.kind)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWitness(StreamKind witness, StreamKind of) {
        return switch (of) {
            case TRADES ->
                witness == StreamKind.CONTEXT || witness == StreamKind.SPOT_CONTEXT || witness == StreamKind.CANDLE;
            case BBO -> witness == StreamKind.SLOW_BOOK || witness == StreamKind.FAST_BOOK;
            case CANDLE -> witness == StreamKind.TRADES;
            default -> false;
        };
    }
}
