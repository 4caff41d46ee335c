package dev.millrace.simulator;

/**
 * What happened in a step of the simulated market.
 *
 * @param kind what it was
 * @param coin the coin of a TRADES or QUOTE step; else empty, the step concerns all
 * @param timeMs exchange time
 */
public record MarketStep(Kind kind, String coin, long timeMs) {

    /** What a step causes: frames of one coin, or frames of one channel for every coin. */
    public enum Kind {
        /** Nothing yet. */
        BEGIN,
        /** A block of trades: trades, candles, and bbo when the top changed. */
        TRADES,
        /** The book moved: bbo when the top changed. */
        QUOTE,
        SLOW_BOOKS,
        FAST_BOOKS,
        MIDS,
        CONTEXTS
    }
}
