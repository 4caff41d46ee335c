package dev.millrace.pipeline;

import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.TradeBatch;
import dev.millrace.order.Coverage;
import dev.millrace.order.VenueClock;
import java.util.function.IntToLongFunction;

/**
 * Breaks the coverage that refused trades take away: of their coin at their time when both could be read; else of the coin
 * that the rest of the frame names or of every trade stream of the connection, and of all the time in which they may have
 * happened. Market thread.
 */
final class RefusedTrades {

    /** How far from the clock a trade of an unreadable time may have happened: receipt trails the venue by less. */
    static final long MARGIN_MS = 5_000;

    private final VenueClock clock;
    private final Coverage coverage;
    private final IntToLongFunction newest;
    /** The newest trade accepted before the frame, by place of the refused element; the frame's own do not count. */
    private long[] newestMs = new long[64];

    private long revisionWindowMs;
    private long fromMs;
    private long toMs;

    /** @param newest exchange time of the newest trade accepted, by symbol */
    RefusedTrades(VenueClock clock, Coverage coverage, IntToLongFunction newest, long revisionWindowMs) {
        this.clock = clock;
        this.coverage = coverage;
        this.newest = newest;
        this.revisionWindowMs = revisionWindowMs;
    }

    void configure(long newRevisionWindowMs) {
        revisionWindowMs = newRevisionWindowMs;
    }

    /** A frame of trades is going to be applied. */
    void beforeFrame(TradeBatch batch) {
        if (batch.refusedCount > newestMs.length) {
            newestMs = new long[Math.max(batch.refusedCount, newestMs.length * 2)];
        }
        for (int i = 0; i < batch.refusedCount; i++) {
            newestMs[i] = batch.refusedSymbol[i] < 0 ? Long.MAX_VALUE : newest.applyAsLong(batch.refusedSymbol[i]);
        }
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
            sinceBrought(connection);
            coverage.onUnreadableFrame(
                    connection, frame.coinOfUnread(), event.sequence(), event.receiveNs(), fromMs, toMs);
            return;
        }
        for (int i = 0; i < batch.refusedCount; i++) {
            if (isFirstOfSymbol(batch, i)) {
                rangeOf(batch, i, nowMs, event.receiveNs());
                coverage.onUndecodable(
                        batch.refusedSymbol[i], connection, event.receiveNs(), fromMs, toMs, newestMs[i]);
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
                        batch.timeMs[i] + 1,
                        newest.applyAsLong(batch.symbol[i]));
            }
        }
    }

    /** A frame of trades is not applied although it came: none of it is believed. */
    void onGatedFrame(DecodedFrame frame, MarketEvent event) {
        TradeBatch batch = frame.trades;
        int connection = Source.connection(event.source());
        if (clock.nowMs() == VenueClock.UNSET) {
            return; // no stream is live yet
        }
        anywhere(batch, clock.nowMs());
        if (frame.refused > batch.refusedCount || !allNamed(batch)) {
            coverage.onUnreadableFrame(
                    connection, frame.coinOfUnread(), event.sequence(), event.receiveNs(), fromMs, toMs);
            return;
        }
        for (int i = 0; i < batch.refusedCount; i++) {
            gated(batch.refusedSymbol[i], connection, event.receiveNs());
        }
        for (int i = 0; i < batch.count; i++) {
            if (i == 0 || batch.symbol[i] != batch.symbol[i - 1]) {
                gated(batch.symbol[i], connection, event.receiveNs());
            }
        }
    }

    private void gated(int symbol, int connection, long receiveNs) {
        coverage.onUndecodable(symbol, connection, receiveNs, fromMs, toMs, newest.applyAsLong(symbol));
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

    /** Back to what the connection brought last: behind a stall it gives the past, in order. */
    private void sinceBrought(int connection) {
        long broughtMs = coverage.lastExchangeMs(connection);
        if (broughtMs != VenueClock.UNSET) {
            fromMs = Math.min(fromMs, broughtMs);
        }
    }
}
