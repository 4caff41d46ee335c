package dev.millrace.freshness;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/**
 * The time that was watched: receive time without its jumps. What was not received while the process was stopped, or
 * between two recordings, is nobody's silence; and a step of the local clock is nobody's lateness.
 */
final class Attention {

    /** A longer time between two records counts as this: while it runs, the engine writes a clock record more often. */
    private static final long MAX_STEP_NS = 2_000_000_000L;

    private static final long NS_PER_MS = 1_000_000L;

    private boolean begun;
    private long receiveNs;
    private long watchedNs;

    void onRecord(long nowNs) {
        if (begun && nowNs > receiveNs) {
            watchedNs += Math.min(nowNs - receiveNs, MAX_STEP_NS);
        }
        begun = true;
        receiveNs = nowNs;
    }

    long ms() {
        return watchedNs / NS_PER_MS;
    }

    void writeTo(StateWriter out) {
        out.writeFlag(begun);
        out.writeLong(receiveNs);
        out.writeLong(watchedNs);
    }

    void readFrom(StateReader in) {
        begun = in.readFlag();
        receiveNs = in.readLong();
        watchedNs = in.readLong();
    }
}
