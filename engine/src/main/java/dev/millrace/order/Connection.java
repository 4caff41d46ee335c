package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** What the journal shows of one connection. A connection is fresh while frames keep coming, judged by receive time. */
final class Connection {

    static final int STATE_BYTES = Integer.BYTES + 3 * Long.BYTES + 1;

    private final int number;
    private long lastReceiveNs;
    private long clockAtLastFrameMs = VenueClock.UNSET;
    private long newestExchangeMs = VenueClock.UNSET;
    private boolean stale;

    Connection(int number, long receiveNs) {
        this.number = number;
        lastReceiveNs = receiveNs;
    }

    void writeTo(StateWriter out) {
        out.writeInt(number);
        out.writeLong(lastReceiveNs);
        out.writeLong(clockAtLastFrameMs);
        out.writeLong(newestExchangeMs);
        out.writeFlag(stale);
    }

    static Connection readFrom(StateReader in) {
        Connection connection = new Connection(in.readInt(), in.readLong());
        connection.clockAtLastFrameMs = in.readLong();
        connection.newestExchangeMs = in.readLong();
        connection.stale = in.readFlag();
        return connection;
    }

    int number() {
        return number;
    }

    void onExchangeTime(long timeMs) {
        newestExchangeMs = Math.max(newestExchangeMs, timeMs);
    }

    void onFrame(long receiveNs, long clockMs) {
        lastReceiveNs = receiveNs;
        clockAtLastFrameMs = clockMs;
    }

    /** Judges freshness anew; true when it changed. */
    boolean judge(long receiveNs, long freshForNs) {
        boolean nowStale = receiveNs - lastReceiveNs > freshForNs;
        boolean changed = nowStale != stale;
        stale = nowStale;
        return changed;
    }

    boolean isStale() {
        return stale;
    }

    /** How far its streams are proven: to the clock while fresh, else to the clock at its last frame. */
    long provenToMs(long clockMs) {
        return stale ? clockAtLastFrameMs : clockMs;
    }

    /** The last exchange time it delivered; {@link VenueClock#UNSET} when none. */
    long newestExchangeMs() {
        return newestExchangeMs;
    }
}
