package dev.millrace.freshness;

import dev.millrace.config.FreshnessConfig;
import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.FeedControl;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.SubscriptionAck;
import dev.millrace.market.TradeBatch;
import dev.millrace.metrics.Counters;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Follows every subscription from its acknowledgement: what came is noted with each frame, what should have come is judged
 * every half second of receive time by {@link Judgement}. A function of the records alone. Market thread; allocates only
 * when a subscription is new or a state changes.
 */
public final class Freshness implements StatePart {

    private static final long JUDGE_MS = 500;

    /** Told of what changes a result. */
    public interface Listener {
        /** A stream of trades is found mute: nothing after its newest trade is proven. */
        void onMuteTrades(int symbol, int connection);

        /** Nothing is derived of this stream any more, for too much of its channel cannot be decoded. */
        void onGated(int symbol, Channel channel, int connection);
    }

    private final Attention attention = new Attention();
    private final Streams streams = new Streams();
    private final Lines lines = new Lines();
    private final Witnesses witnesses;
    private final Breakers breakers = new Breakers();
    private final Judgement judgement;
    private final Listener listener;
    private long nextJudgeMs;

    /** @param names of symbols, by id */
    public Freshness(FreshnessConfig config, IntFunction<String> names, Listener listener, Counters counters) {
        this.listener = listener;
        witnesses = new Witnesses(streams, config);
        judgement = new Judgement(config, names, streams, lines, witnesses, breakers, listener, counters);
    }

    /** Takes the settings of a session header. */
    public void configure(FreshnessConfig config) {
        witnesses.configure(config);
        judgement.configure(config);
    }

    /**
     * Who acts on what is found; nobody does before this is called.
     *
     * @param notes told one sentence a finding, on the market thread
     */
    public void steer(FeedControl control, Consumer<String> notes) {
        judgement.steer(control, notes);
    }

    /** How the subscriptions stand. Any thread. */
    public FreshnessReport report() {
        return judgement.report();
    }

    public void onConnected(int connection) {
        lines.findOrAdd(connection, attention.ms());
    }

    /** A connection is gone with all its subscriptions. */
    public void onLost(int connection) {
        streams.removeIf(stream -> stream.connection == connection);
        lines.remove(connection);
        breakers.onLost(connection);
        judgement.onChanged();
    }

    /** A new session: whatever the one before had open has ended. */
    public void onSession() {
        streams.removeIf(stream -> true);
        lines.clear();
        breakers.clear();
        judgement.onSession();
    }

    /** The venue acknowledged the begin or the end of a subscription. */
    public void onAck(SubscriptionAck ack, int connection) {
        StreamKind kind = ack.valid ? StreamKind.of(ack.channel, ack.fast) : null;
        if (kind == null) {
            return;
        }
        int symbol = Math.max(0, ack.symbol);
        String detail = kind == StreamKind.CANDLE ? ack.interval : ack.dex;
        Stream known = streams.find(connection, kind, symbol, detail);
        if (!ack.subscribe) {
            streams.removeIf(stream -> stream == known);
        } else {
            lines.findOrAdd(connection, attention.ms());
            Stream stream = known == null ? new Stream(connection, kind, symbol, detail) : known;
            if (known == null) {
                streams.add(stream);
            }
            stream.onAck(attention.ms());
        }
        judgement.onChanged();
    }

    /**
     * A frame was decoded, whether it is applied now or later.
     *
     * @param receiveNs of its record
     * @return whether it is to be applied: not while too much of its channel cannot be decoded
     */
    public boolean onFrame(DecodedFrame frame, int connection, long receiveNs) {
        attention.onRecord(receiveNs);
        note(frame, connection);
        Breaker changed = breakers.onFrame(frame, connection);
        if (changed != null) {
            lines.findOrAdd(connection, attention.ms());
            judgement.onBreaker(changed);
            if (changed.isOpen()) {
                gate(changed);
            }
        }
        return !breakers.gates(frame, connection);
    }

    private void gate(Breaker open) {
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (stream.connection == open.connection && stream.asked.channel() == open.channel) {
                listener.onGated(stream.symbol, open.channel, open.connection);
            }
        }
    }

    private void note(DecodedFrame frame, int connection) {
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
            case ALL_MIDS -> onData(connection, StreamKind.MIDS, 0, "", 0);
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
        stream.onData(nowMs);
        if (timeMs > 0 && !stream.answersAck) {
            line.onTime(nowMs - timeMs);
        }
    }

    /** Called after each record, whatever its kind. */
    public void onRecord(long receiveNs) {
        attention.onRecord(receiveNs);
        if (attention.ms() >= nextJudgeMs) {
            nextJudgeMs = attention.ms() + JUDGE_MS;
            judgement.judge(attention.ms());
        }
    }

    @Override
    public String stateTag() {
        return "FRSH";
    }

    @Override
    public void writeTo(StateWriter out) {
        attention.writeTo(out);
        out.writeLong(nextJudgeMs);
        lines.writeTo(out);
        streams.writeTo(out);
        breakers.writeTo(out);
        judgement.writeTo(out);
    }

    @Override
    public void readFrom(StateReader in) {
        attention.readFrom(in);
        nextJudgeMs = in.readLong();
        lines.readFrom(in);
        streams.readFrom(in);
        breakers.readFrom(in);
        judgement.readFrom(in);
    }
}
