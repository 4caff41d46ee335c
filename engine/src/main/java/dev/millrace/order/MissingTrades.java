package dev.millrace.order;

import dev.millrace.market.Basis;
import dev.millrace.market.Gap.Evidence;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.function.LongUnaryOperator;

/**
 * What streams of trades lack although their connections stand: frames or trades that could not be decoded. In doubt while
 * another connection may have brought them, then missing, and told by stretch. Market thread.
 */
final class MissingTrades {

    /** Told of what is missing. */
    @FunctionalInterface
    interface Report {
        void onMissing(int symbol, long fromMs, long toMs, long receiveNs, Evidence evidence);
    }

    private final VenueClock clock;
    private final StreamTable trades;
    private final LongUnaryOperator undecided;
    private final Coverage.Listener listener;
    private final Stretches proven;
    private final Stretches unproven;
    /** Whether any stream may be in doubt. */
    private boolean areDoubts;

    /** @param undecided the given time, or the first that the revision window has not left */
    MissingTrades(
            VenueClock clock,
            StreamTable trades,
            LongUnaryOperator undecided,
            Coverage.Listener listener,
            Report report) {
        this.clock = clock;
        this.trades = trades;
        this.undecided = undecided;
        this.listener = listener;
        proven = new Stretches((symbol, fromMs, toMs, receiveNs) ->
                report.onMissing(symbol, fromMs, toMs, receiveNs, Evidence.PROVEN));
        unproven = new Stretches((symbol, fromMs, toMs, receiveNs) ->
                report.onMissing(symbol, fromMs, toMs, receiveNs, Evidence.UNPROVEN));
    }

    /**
     * A connection lacks something in {@code [fromMs, toMs)} of a stream that it carries.
     *
     * @param of the stream's symbol; {@link Connection#ANY} when it may be every one
     */
    void onLack(Connection lacking, int of, long receiveNs, long fromMs, long toMs) {
        for (int symbol = 0; symbol < trades.bound(); symbol++) {
            if ((of == Connection.ANY || of == symbol) && trades.isCarriedBy(symbol, lacking)) {
                onLack(symbol, lacking, receiveNs, fromMs, toMs, Evidence.UNPROVEN);
            }
        }
    }

    /**
     * A connection lacks something in {@code [fromMs, toMs)} of one stream.
     *
     * @param evidence that it is missing, if no other connection has it
     */
    void onLack(int symbol, Connection lacking, long receiveNs, long fromMs, long toMs, Evidence evidence) {
        StreamCoverage stream = trades.get(symbol);
        if (!stream.isLive()) {
            return;
        }
        if (stream.doubt(lacking, fromMs, toMs)) {
            areDoubts = true;
            listener.onCoverageChanged(symbol, Basis.TRADE);
        } else {
            onMissing(symbol, receiveNs, fromMs, toMs, evidence);
        }
        giveUp(symbol, Long.MIN_VALUE, receiveNs);
    }

    /** Whoever carries the stream: something is missing in {@code [fromMs, toMs)}. */
    void onMissing(int symbol, long receiveNs, long fromMs, long toMs, Evidence evidence) {
        long beginMs = undecided.applyAsLong(fromMs);
        trades.get(symbol).hole(beginMs, Math.max(toMs, beginMs));
        listener.onCoverageChanged(symbol, Basis.TRADE);
        (evidence == Evidence.PROVEN ? proven : unproven).onHole(symbol, fromMs, toMs, receiveNs);
    }

    /** Called after each record: what was brought settles doubts, and what nobody brought in time is missing. */
    void onRecord(long receiveNs) {
        if (areDoubts) {
            judgeDoubts(receiveNs);
        }
        proven.onClock(clock.nowMs(), receiveNs);
        unproven.onClock(clock.nowMs(), receiveNs);
    }

    private void judgeDoubts(long receiveNs) {
        areDoubts = false;
        for (int symbol = 0; symbol < trades.bound(); symbol++) {
            StreamCoverage stream = trades.find(symbol);
            if (stream != null && stream.hasDoubts()) {
                giveUp(symbol, undecided.applyAsLong(Long.MIN_VALUE), receiveNs);
                if (stream.settleDoubts()) {
                    listener.onCoverageChanged(symbol, Basis.TRADE);
                }
                areDoubts |= stream.hasDoubts();
            }
        }
    }

    /** A connection no longer carries the stream: what only it could have settled is missing. */
    void onDropped(int symbol, long receiveNs) {
        giveUp(symbol, Long.MIN_VALUE, receiveNs);
    }

    /**
     * The venue's clock went back to this time. What is in doubt beyond it would be settled by the same times when they come
     * again, and they are of other trades.
     */
    void onClockBack(int symbol, long timeMs, long receiveNs) {
        giveUp(symbol, Long.MIN_VALUE, timeMs, receiveNs);
    }

    /**
     * Another connection was there and may have brought it after all, so that it is missing is not proven. It was never told
     * whole, so it is taken out however old it is.
     */
    private void giveUp(int symbol, long beforeMs, long receiveNs) {
        giveUp(symbol, beforeMs, Long.MAX_VALUE, receiveNs);
    }

    private void giveUp(int symbol, long beforeMs, long beyondMs, long receiveNs) {
        StreamCoverage stream = trades.get(symbol);
        if (stream.hasDoubts()) {
            stream.giveUpDoubts(beforeMs, beyondMs, (fromMs, toMs) -> {
                stream.hole(fromMs, toMs);
                listener.onCoverageChanged(symbol, Basis.TRADE);
                unproven.onHole(symbol, fromMs, toMs, receiveNs);
            });
        }
    }

    /** No connection is left, and perhaps no record follows: what is known to be missing is told now. */
    void tellAll(long receiveNs) {
        proven.endAll(receiveNs);
        unproven.endAll(receiveNs);
    }

    void writeTo(StateWriter out) {
        proven.writeTo(out);
        unproven.writeTo(out);
    }

    void readFrom(StateReader in) {
        proven.readFrom(in);
        unproven.readFrom(in);
        areDoubts = true; // the next record tells
    }
}
