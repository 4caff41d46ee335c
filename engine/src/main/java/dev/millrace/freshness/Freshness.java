package dev.millrace.freshness;

import dev.millrace.config.FreshnessConfig;
import dev.millrace.market.BookView;
import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.FeedControl;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.SubscriptionAck;
import dev.millrace.metrics.Counters;
import java.util.List;
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

        /**
         * A stream of books is mute although its connection gives frames: nothing after its last book is proven. Told again
         * twice a second as long as it lasts.
         */
        void onMuteBook(int symbol, BookView view, int connection);

        /** As {@link #onGated}, of a stream of books. */
        void onGatedBook(int symbol, BookView view, int connection);

        /**
         * Nothing is derived of this stream, for too much of its channel cannot be decoded. Told again twice a second as long
         * as it lasts, and when it is over.
         */
        void onGated(int symbol, Channel channel, int connection);
    }

    private final Attention attention = new Attention();
    private final Streams streams = new Streams();
    private final Lines lines = new Lines();
    private final Witnesses witnesses;
    private final Breakers breakers = new Breakers();
    private final Sightings sightings;
    private final Judgement judgement;
    private long nextJudgeMs;

    /** @param names of symbols, by id */
    public Freshness(FreshnessConfig config, IntFunction<String> names, Listener listener, Counters counters) {
        witnesses = new Witnesses(streams, config);
        sightings = new Sightings(attention, streams, lines, witnesses);
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
        String detail = detail(kind, ack);
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

    private static String detail(StreamKind kind, SubscriptionAck ack) {
        return switch (kind) {
            case CANDLE -> ack.interval;
            case MIDS -> ack.dex;
            default -> "";
        };
    }

    /**
     * A frame was decoded, whether it is applied now or later.
     *
     * @param receiveNs of its record
     * @return whether it is to be applied: not while too much of its channel cannot be decoded
     */
    public boolean onFrame(DecodedFrame frame, int connection, long receiveNs) {
        attention.onRecord(receiveNs);
        lines.onFrame(connection, attention.ms());
        sightings.onFrame(frame, connection);
        Breaker changed = breakers.onFrame(frame, connection);
        if (changed != null) {
            lines.findOrAdd(connection, attention.ms());
            judgement.onBreaker(changed);
        }
        return !breakers.gates(frame, connection);
    }

    /** Whether a connection gives every view of this symbol's books that is subscribed on it. */
    public boolean givesBooks(int symbol, int connection) {
        List<Stream> some = streams.of(symbol);
        for (int i = 0; i < some.size(); i++) {
            Stream stream = some.get(i);
            if (stream.connection == connection && stream.kind.view() != null && !judgement.gives(stream)) {
                return false;
            }
        }
        return true;
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
