package dev.millrace.pipeline;

import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.TradeBatch;
import dev.millrace.order.Coverage;
import dev.millrace.order.VenueClock;

/**
 * Breaks the coverage that refused trades take away: of their coin at their time when both could be read; else of every
 * trade stream of the connection, or of all the time in which they may have happened. Market thread.
 */
final class RefusedTrades {

    /** How far from the clock a trade of an unreadable time may have happened: receipt trails the venue by less. */
    static final long MARGIN_MS = 5_000;

    private final VenueClock clock;
    private final Coverage coverage;
    private long revisionWindowMs;
    private long fromMs;
    private long toMs;

    RefusedTrades(VenueClock clock, Coverage coverage, long revisionWindowMs) {
        this.clock = clock;
        this.coverage = coverage;
        this.revisionWindowMs = revisionWindowMs;
    }

    void configure(long newRevisionWindowMs) {
        revisionWindowMs = newRevisionWindowMs;
    }

    /** A frame was applied of which elements, or all of it, were refused. */
    void onFrame(DecodedFrame frame, MarketEvent event) {
        TradeBatch batch = frame.trades;
        long nowMs = batch.count == 0 ? clock.nowMs() : Math.max(clock.nowMs(), batch.maxTimeMs());
        if (nowMs == VenueClock.UNSET) {
            return; // no stream is live yet
        }
        int connection = Source.connection(event.source());
        if (frame.channel != Channel.TRADES || frame.refused > batch.refusedCount || !allNamed(batch)) {
            anywhere(batch, nowMs);
            coverage.onUnreadableFrame(connection, event.receiveNs(), fromMs, toMs);
            return;
        }
        for (int i = 0; i < batch.refusedCount; i++) {
            if (isFirstOfSymbol(batch, i)) {
                rangeOf(batch, i, nowMs, event.receiveNs());
                coverage.onUndecodable(batch.refusedSymbol[i], connection, event.receiveNs(), fromMs, toMs);
            }
        }
    }

    /**
     * A frame of trades was held back for its greatest time and at last refused whole. Its trades of times that the clock
     * has reached are missing there; an absurd stamp belongs to no bucket of now, and nothing of now lacks it.
     */
    void onRefusedFrame(DecodedFrame frame, MarketEvent event) {
        TradeBatch batch = frame.trades;
        for (int i = 0; i < batch.count; i++) {
            if (batch.timeMs[i] <= clock.nowMs()) {
                coverage.onUndecodable(
                        batch.symbol[i],
                        Source.connection(event.source()),
                        event.receiveNs(),
                        batch.timeMs[i],
                        batch.timeMs[i] + 1);
            }
        }
    }

    private static boolean allNamed(TradeBatch batch) {
        for (int i = 0; i < batch.refusedCount; i++) {
            if (batch.refusedSymbol[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFirstOfSymbol(TradeBatch batch, int i) {
        for (int j = 0; j < i; j++) {
            if (batch.refusedSymbol[j] == batch.refusedSymbol[i]) {
                return false;
            }
        }
        return true;
    }

    private void rangeOf(TradeBatch batch, int first, long nowMs, long receiveNs) {
        fromMs = Long.MAX_VALUE;
        toMs = Long.MIN_VALUE;
        for (int i = first; i < batch.refusedCount; i++) {
            if (batch.refusedSymbol[i] == batch.refusedSymbol[first]) {
                long timeMs = batch.refusedTimeMs[i];
                if (timeMs < nowMs - revisionWindowMs || clock.isAhead(timeMs, receiveNs)) {
                    anywhere(batch, nowMs);
                    return;
                }
                fromMs = Math.min(fromMs, timeMs);
                toMs = Math.max(toMs, timeMs + 1);
            }
        }
    }

    /** Around the clock, and as far back as the frame's other trades: a snapshot reaches minutes back. */
    private void anywhere(TradeBatch batch, long nowMs) {
        fromMs = nowMs - MARGIN_MS;
        for (int i = 0; i < batch.count; i++) {
            fromMs = Math.min(fromMs, batch.timeMs[i]);
        }
        toMs = nowMs + MARGIN_MS;
    }
}
