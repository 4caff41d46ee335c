package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** What the journal shows of one connection. A connection is fresh while frames keep coming, judged by receive time. */
final class Connection {

    static final int STATE_BYTES = 2 * Integer.BYTES + 9 * Long.BYTES + 1;

    /** Every symbol. */
    static final int ANY = -1;

    /** So long after a frame of an unknown time its successors may be snapshots, which tell of the past. */
    private static final long SNAPSHOTS_NS = 5_000_000_000L;

    /** How far off such a frame's time may be when it is taken from another's. */
    private static final long MARGIN_MS = 5_000;

    /** Connections and their streams are apart by less; what is further back was sent by a clock that went back. */
    static final long BACK_MS = 1_000;

    private static final long NS_PER_MS = 1_000_000L;
    private static final long NONE = Long.MIN_VALUE;

    private final int number;
    private long lastReceiveNs;
    private long clockAtLastFrameMs = VenueClock.UNSET;
    private long lastExchangeMs = VenueClock.UNSET;
    private long greatestExchangeMs = VenueClock.UNSET;
    /** The greatest exchange time that any connection had brought when this one brought its last. */
    private long venueMs = VenueClock.UNSET;

    private boolean stale;
    /** When the last frame came that could not be read, while it is open when it was sent; else NONE. */
    private long unreadableNs = NONE;

    /** The record of the last frame that could not be read; 0 when all could. */
    private long unreadableSequence;

    /** Of which symbol's trades it was, or ANY. */
    private int unreadableSymbol = ANY;

    private long unreadableFromMs;
    private long unreadableToMs;

    Connection(int number, long receiveNs) {
        this.number = number;
        lastReceiveNs = receiveNs;
    }

    void writeTo(StateWriter out) {
        out.writeInt(number);
        out.writeLong(lastReceiveNs);
        out.writeLong(clockAtLastFrameMs);
        out.writeLong(lastExchangeMs);
        out.writeLong(greatestExchangeMs);
        out.writeLong(venueMs);
        out.writeFlag(stale);
        out.writeLong(unreadableNs);
        out.writeLong(unreadableSequence);
        out.writeInt(unreadableSymbol);
        out.writeLong(unreadableFromMs);
        out.writeLong(unreadableToMs);
    }

    static Connection readFrom(StateReader in) {
        Connection connection = new Connection(in.readInt(), in.readLong());
        connection.clockAtLastFrameMs = in.readLong();
        connection.lastExchangeMs = in.readLong();
        connection.greatestExchangeMs = in.readLong();
        connection.venueMs = in.readLong();
        connection.stale = in.readFlag();
        connection.unreadableNs = in.readLong();
        connection.unreadableSequence = in.readLong();
        connection.unreadableSymbol = in.readInt();
        connection.unreadableFromMs = in.readLong();
        connection.unreadableToMs = in.readLong();
        return connection;
    }

    int number() {
        return number;
    }

    /**
     * An exchange time came.
     *
     * @param isOfNow whether it was stamped just before it was sent
     * @param greatestMs of all connections
     * @return whether the venue's clock went back since the last one
     */
    boolean onExchangeTime(long timeMs, boolean isOfNow, long greatestMs) {
        greatestExchangeMs = Math.max(greatestExchangeMs, timeMs);
        if (!isOfNow && timeMs <= lastExchangeMs) {
            return false;
        }
        boolean wentBack = lastExchangeMs != VenueClock.UNSET && timeMs < lastExchangeMs - BACK_MS;
        lastExchangeMs = timeMs;
        venueMs = greatestMs;
        return wentBack;
    }

    /**
     * What others proved up to a time, less what is yet to come again: this connection shows that the venue's clock is
     * further back, and what is stamped with times seen before may still be sent.
     */
    long provenBesides(long timeMs) {
        boolean comesAgain = timeMs > lastExchangeMs && timeMs <= venueMs && lastExchangeMs < venueMs - BACK_MS;
        return comesAgain ? lastExchangeMs : timeMs;
    }

    void onFrame(long receiveNs, long clockMs) {
        lastReceiveNs = receiveNs;
        clockAtLastFrameMs = clockMs;
    }

    /** A frame came that could not be read, and was sent within {@code [fromMs, toMs)} if the clock is right. */
    void onUnreadable(int symbol, long sequence, long receiveNs, long fromMs, long toMs) {
        unreadableSymbol = unreadableNs == NONE || unreadableSymbol == symbol ? symbol : ANY;
        unreadableFromMs = unreadableNs == NONE ? fromMs : Math.min(fromMs, unreadableFromMs);
        unreadableToMs = unreadableNs == NONE ? toMs : Math.max(toMs, unreadableToMs);
        unreadableNs = receiveNs;
        unreadableSequence = sequence;
    }

    /**
     * An exchange time came: whether the clock was behind when the frame came that could not be read, so that it was sent
     * later than was thought, or had gone back, so that it was sent earlier. The clock is right once times come that are no
     * snapshot's.
     */
    boolean unreadableGrows(long receiveNs, long timeMs, boolean isOfNow) {
        if (unreadableNs == NONE) {
            return false;
        }
        long sinceNs = Math.max(0, receiveNs - unreadableNs);
        long sentMs = timeMs - sinceNs / NS_PER_MS;
        boolean later = sentMs >= unreadableToMs;
        boolean earlier = isOfNow && sinceNs <= SNAPSHOTS_NS && sentMs < unreadableFromMs;
        unreadableNs = sinceNs <= SNAPSHOTS_NS ? unreadableNs : NONE;
        unreadableToMs = later ? sentMs + MARGIN_MS : unreadableToMs;
        unreadableFromMs = earlier ? sentMs - MARGIN_MS : unreadableFromMs;
        return later || earlier;
    }

    /** Whether a frame that could not be read, of this symbol perhaps, came after this record. */
    boolean lacksSince(int symbol, long sequence) {
        return unreadableSequence > sequence && (unreadableSymbol == ANY || unreadableSymbol == symbol);
    }

    int unreadableSymbol() {
        return unreadableSymbol;
    }

    long unreadableFromMs() {
        return unreadableFromMs;
    }

    long unreadableToMs() {
        return unreadableToMs;
    }

    /** Judges freshness anew; true when it changed. */
    boolean judge(long receiveNs, long freshForNs) {
        boolean nowStale = receiveNs - lastReceiveNs > freshForNs;
        boolean changed = nowStale != stale;
        stale = nowStale;
        return changed;
    }

    /** How far its streams are proven: to the clock while fresh, else to the clock at its last frame. */
    long provenToMs(long clockMs) {
        return stale ? clockAtLastFrameMs : clockMs;
    }

    /** When its last frame came, ns. */
    long lastReceiveNs() {
        return lastReceiveNs;
    }

    /** The last exchange time it delivered, less than the greatest where the clock went back; UNSET when none. */
    long lastExchangeMs() {
        return lastExchangeMs;
    }

    /** The greatest exchange time it delivered; {@link VenueClock#UNSET} when none. */
    long greatestExchangeMs() {
        return greatestExchangeMs;
    }
}
