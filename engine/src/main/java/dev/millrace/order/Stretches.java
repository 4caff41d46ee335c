package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * Turns holes that follow each other closely into one stretch a symbol, so that a stream which cannot be decoded is not a
 * flood of reports: a stretch is told when it begins, and once more, whole, when it has ended longer than it began.
 * Market thread.
 */
final class Stretches {

    /** Holes no further apart than this are one stretch. */
    static final long APART_MS = 10_000;

    /** Told of a stretch {@code [fromMs, toMs)}. */
    @FunctionalInterface
    interface Report {
        void onStretch(int symbol, long fromMs, long toMs, long receiveNs);
    }

    private final Report report;
    private long[] fromMs = new long[64];
    private long[] toMs = new long[64];
    private boolean[] open = new boolean[64];
    private boolean[] grown = new boolean[64];
    private static final int END = -1;

    /** No stretch ends before it. */
    private long nextEndMs = Long.MAX_VALUE;

    Stretches(Report report) {
        this.report = report;
    }

    void onHole(int symbol, long holeFromMs, long holeToMs, long receiveNs) {
        ensure(symbol);
        if (open[symbol] && isNear(symbol, holeFromMs, holeToMs)) {
            grown[symbol] |= holeFromMs < fromMs[symbol] || holeToMs > toMs[symbol];
            fromMs[symbol] = Math.min(fromMs[symbol], holeFromMs);
            toMs[symbol] = Math.max(toMs[symbol], holeToMs);
            return;
        }
        end(symbol, receiveNs);
        fromMs[symbol] = holeFromMs;
        toMs[symbol] = holeToMs;
        open[symbol] = true;
        nextEndMs = Math.min(nextEndMs, holeToMs + APART_MS);
        report.onStretch(symbol, holeFromMs, holeToMs, receiveNs);
    }

    /** What is open of a symbol reaches up to here at least. */
    void extend(int symbol, long endMs) {
        if (symbol < open.length && open[symbol] && endMs > toMs[symbol]) {
            toMs[symbol] = endMs;
            grown[symbol] = true;
        }
    }

    boolean areOpen() {
        return nextEndMs != Long.MAX_VALUE;
    }

    /** Called after each record: tells what has ended. */
    void onClock(long clockMs, long receiveNs) {
        if (clockMs <= nextEndMs) {
            return;
        }
        nextEndMs = Long.MAX_VALUE;
        for (int symbol = 0; symbol < open.length; symbol++) {
            if (open[symbol] && clockMs > toMs[symbol] + APART_MS) {
                end(symbol, receiveNs);
            } else if (open[symbol]) {
                nextEndMs = Math.min(nextEndMs, toMs[symbol] + APART_MS);
            }
        }
    }

    /** Nothing comes any more for now: tells what is open. */
    void endAll(long receiveNs) {
        for (int symbol = 0; symbol < open.length; symbol++) {
            end(symbol, receiveNs);
        }
        nextEndMs = Long.MAX_VALUE;
    }

    /** The open stretches, by ascending id; of a closed one nothing counts any more. */
    void writeTo(StateWriter out) {
        for (int symbol = 0; symbol < open.length; symbol++) {
            if (open[symbol]) {
                out.writeInt(symbol);
                out.writeLong(fromMs[symbol]);
                out.writeLong(toMs[symbol]);
                out.writeFlag(grown[symbol]);
            }
        }
        out.writeInt(END);
        out.writeLong(nextEndMs);
    }

    void readFrom(StateReader in) {
        for (int symbol = in.readInt(); symbol != END; symbol = in.readInt()) {
            ensure(in.checkId(symbol));
            open[symbol] = true;
            fromMs[symbol] = in.readLong();
            toMs[symbol] = in.readLong();
            grown[symbol] = in.readFlag();
        }
        nextEndMs = in.readLong();
    }

    private boolean isNear(int symbol, long holeFromMs, long holeToMs) {
        return holeFromMs <= toMs[symbol] + APART_MS && holeToMs >= fromMs[symbol] - APART_MS;
    }

    private void end(int symbol, long receiveNs) {
        boolean untold = open[symbol] && grown[symbol];
        open[symbol] = false;
        grown[symbol] = false;
        if (untold) {
            report.onStretch(symbol, fromMs[symbol], toMs[symbol], receiveNs);
        }
    }

    private void ensure(int symbol) {
        if (symbol >= open.length) {
            int capacity = Math.max(symbol + 1, open.length * 2);
            fromMs = Arrays.copyOf(fromMs, capacity);
            toMs = Arrays.copyOf(toMs, capacity);
            open = Arrays.copyOf(open, capacity);
            grown = Arrays.copyOf(grown, capacity);
        }
    }
}
