package dev.millrace.freshness;

import dev.millrace.market.Channel;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.Subscription;

/** One subscription on one connection, and what is known of it. Times are of {@link Attention}, in ms. */
final class Stream {

    /** Long before any time. */
    static final long NEVER = Long.MIN_VALUE / 2;

    /** No time: nothing is due. */
    static final long NONE = Long.MAX_VALUE;

    final int connection;
    final StreamKind asked;
    final int symbol;
    /** Interval of a candle, dex of mids; else empty. */
    final String detail;

    final Cadence cadence = new Cadence();
    /** Books and bbo. */
    final Top top = new Top();

    /** As {@link #asked}, but for the context of a spot coin. */
    StreamKind kind;

    StreamState state = StreamState.PENDING;
    long ackMs;
    long dataMs = NEVER;
    /** The next data are the answer to the subscription: old, or of any age. */
    boolean awaitsFirst = true;
    /** The last data were such an answer. */
    boolean answersAck;
    /** Trades only: a silence was found, and only a snapshot can show what it left out. */
    boolean incomplete;
    /** When another stream's proof that this one must give something runs out. */
    long challengeMs = NONE;
    /** What that proof was. */
    String challenge = "";
    /** Consecutive books that moved away from this bbo. */
    int moves;
    /** Looks in a row at which it was slow. */
    int slowLooks;
    /** Looks in a row at which books were missed of it. */
    int absentLooks;
    /** Of its state, as a clause. */
    String reason = "";

    long probeMs = NEVER;
    /** Contexts: the day's volume as last told. */
    double volume = Double.NaN;
    /** Candles: the bucket and its count of trades as last told. */
    long candleStartMs = NEVER;

    long candleTrades;

    private Subscription subscription;

    Stream(int connection, StreamKind asked, int symbol, String detail) {
        this.connection = connection;
        this.asked = asked;
        this.symbol = symbol;
        this.detail = detail;
        kind = asked;
    }

    void onAck(long nowMs) {
        ackMs = nowMs;
        awaitsFirst = true;
        incomplete = false;
        challengeMs = NONE;
        moves = 0;
    }

    void onData(long nowMs) {
        answersAck = awaitsFirst;
        if (kind.clocked() && !answersAck) {
            cadence.onInterval(nowMs - dataMs);
        }
        awaitsFirst = false;
        dataMs = nowMs;
        challengeMs = NONE;
        absentLooks = 0;
    }

    /** Whether frames of this channel are of this stream; a context that has not come yet may be of either channel. */
    boolean comesOn(Channel channel) {
        return switch (channel) {
            case ASSET_CONTEXT -> kind == StreamKind.CONTEXT;
            case SPOT_ASSET_CONTEXT -> asked == StreamKind.CONTEXT && (kind != asked || dataMs == NEVER);
            default -> asked.channel() == channel;
        };
    }

    void challenge(long deadlineMs, String proof) {
        if (challengeMs == NONE) {
            challengeMs = deadlineMs;
            challenge = proof;
        }
    }

    /** The later of the acknowledgement and the last data. */
    long quietSinceMs() {
        return Math.max(ackMs, dataMs);
    }

    /** What is asked for again at each probe: made once. */
    Subscription subscription(String coin) {
        if (subscription == null) {
            subscription = new Subscription(
                    asked.channel(),
                    asked == StreamKind.MIDS ? "" : coin,
                    asked == StreamKind.CANDLE ? detail : "",
                    asked == StreamKind.MIDS ? detail : "",
                    asked == StreamKind.FAST_BOOK);
        }
        return subscription;
    }

    boolean sameSubscription(Stream other) {
        return asked == other.asked && symbol == other.symbol && detail.equals(other.detail);
    }

    void writeTo(StateWriter out) {
        out.writeInt(connection);
        out.writeInt(asked.ordinal());
        out.writeInt(symbol);
        out.writeText(detail);
        out.writeInt(kind.ordinal());
        out.writeInt(state.ordinal());
        out.writeLong(ackMs);
        out.writeLong(dataMs);
        out.writeFlag(awaitsFirst);
        out.writeFlag(answersAck);
        out.writeFlag(incomplete);
        out.writeLong(challengeMs);
        out.writeText(challenge);
        out.writeInt(moves);
        out.writeInt(slowLooks);
        out.writeInt(absentLooks);
        out.writeText(reason);
        out.writeLong(probeMs);
        out.writeLong(Double.doubleToLongBits(volume));
        out.writeLong(candleStartMs);
        out.writeLong(candleTrades);
        cadence.writeTo(out);
        top.writeTo(out);
    }

    static Stream readFrom(StateReader in) {
        Stream stream = new Stream(in.readInt(), kind(in), in.readInt(), in.readText());
        stream.kind = kind(in);
        stream.state = StreamState.values()[in.readIndex(StreamState.values().length)];
        stream.ackMs = in.readLong();
        stream.dataMs = in.readLong();
        stream.awaitsFirst = in.readFlag();
        stream.answersAck = in.readFlag();
        stream.incomplete = in.readFlag();
        stream.challengeMs = in.readLong();
        stream.challenge = in.readText();
        stream.moves = in.readInt();
        stream.slowLooks = in.readInt();
        stream.absentLooks = in.readInt();
        stream.reason = in.readText();
        stream.probeMs = in.readLong();
        stream.volume = Double.longBitsToDouble(in.readLong());
        stream.candleStartMs = in.readLong();
        stream.candleTrades = in.readLong();
        stream.cadence.readFrom(in);
        stream.top.readFrom(in);
        return stream;
    }

    private static StreamKind kind(StateReader in) {
        return StreamKind.values()[in.readIndex(StreamKind.COUNT)];
    }
}
