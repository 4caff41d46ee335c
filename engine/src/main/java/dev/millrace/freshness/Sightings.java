package dev.millrace.freshness;

import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.TradeBatch;

/** Notes with each frame which streams came, how late, and what they prove of others. Market thread. */
final class Sightings {

    private final Attention attention;
    private final Streams streams;
    private final Lines lines;
    private final Witnesses witnesses;

    Sightings(Attention attention, Streams streams, Lines lines, Witnesses witnesses) {
        this.attention = attention;
        this.streams = streams;
        this.lines = lines;
        this.witnesses = witnesses;
    }

    /** A frame was decoded. */
    void onFrame(DecodedFrame frame, int connection) {
        switch (frame.channel) {
            case TRADES -> onTrades(frame.trades, connection);
            case L2_BOOK -> {
                if (frame.book.valid) {
                    onBook(frame, connection);
                }
            }
            case BBO -> {
                if (frame.bbo.valid) {
                    onBbo(frame, connection);
                }
            }
            case ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> {
                if (frame.context.valid) {
                    onContext(frame, connection);
                }
            }
            case ALL_MIDS -> onData(connection, StreamKind.MIDS, 0, frame.mids.dex, 0);
            case CANDLE -> {
                if (frame.candle.valid) {
                    onCandle(frame, connection);
                }
            }
            default -> {
                // Control frames, and what nobody subscribed.
            }
        }
    }

    /** Each run of one symbol; where all were refused, those: they came. */
    private void onTrades(TradeBatch batch, int connection) {
        for (int i = 0; i < batch.count; i++) {
            if (i == 0 || batch.symbol[i] != batch.symbol[i - 1]) {
                onTradesOf(batch.symbol[i], connection, batch.maxTimeMs());
            }
        }
        for (int i = 0; batch.count == 0 && i < batch.refusedCount; i++) {
            if (batch.refusedSymbol[i] >= 0 && (i == 0 || batch.refusedSymbol[i] != batch.refusedSymbol[i - 1])) {
                onTradesOf(batch.refusedSymbol[i], connection, 0);
            }
        }
    }

    private void onTradesOf(int symbol, int connection, long timeMs) {
        Stream stream = onData(connection, StreamKind.TRADES, symbol, "", timeMs);
        if (stream != null && !stream.answersAck) {
            witnesses.onTrades(symbol, attention.ms());
        }
    }

    private void onBook(DecodedFrame frame, int connection) {
        StreamKind kind = StreamKind.of(Channel.L2_BOOK, frame.book.fast);
        Stream stream = onData(connection, kind, frame.book.symbol, "", frame.book.timeMs);
        if (stream != null) {
            witnesses.onBook(frame.book.symbol, frame.book, stream.top.moves(frame.book), attention.ms());
        }
    }

    private void onBbo(DecodedFrame frame, int connection) {
        Stream stream = onData(connection, StreamKind.BBO, frame.bbo.symbol, "", frame.bbo.timeMs);
        if (stream != null) {
            stream.top.moves(frame.bbo);
            stream.moves = 0;
        }
    }

    private void onContext(DecodedFrame frame, int connection) {
        Stream stream = streams.find(connection, StreamKind.CONTEXT, frame.context.symbol, "");
        if (stream != null) {
            long before = stream.dataMs;
            stream.kind = frame.channel == Channel.SPOT_ASSET_CONTEXT ? StreamKind.SPOT_CONTEXT : StreamKind.CONTEXT;
            came(stream, 0);
            witnesses.onContext(stream, frame.context, before, attention.ms());
        }
    }

    private void onCandle(DecodedFrame frame, int connection) {
        Stream stream = onData(connection, StreamKind.CANDLE, frame.candle.symbol, frame.candle.interval, 0);
        if (stream != null) {
            witnesses.onCandle(stream, frame.candle, attention.ms());
        }
    }

    /**
     * Null when the stream is not known to be subscribed.
     *
     * @param timeMs exchange time, 0 for none
     */
    private Stream onData(int connection, StreamKind kind, int symbol, String detail, long timeMs) {
        Stream stream = streams.find(connection, kind, symbol, detail);
        if (stream != null) {
            came(stream, timeMs);
        }
        return stream;
    }

    private void came(Stream stream, long timeMs) {
        long nowMs = attention.ms();
        Line line = lines.findOrAdd(stream.connection, nowMs);
        line.dataMs = nowMs;
        line.silent = false;
        stream.onData(nowMs);
        if (timeMs > 0 && !stream.answersAck) {
            line.onTime(timeMs, nowMs);
        }
    }
}
