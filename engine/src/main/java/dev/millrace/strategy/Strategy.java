package dev.millrace.strategy;

import dev.millrace.market.Bar;
import dev.millrace.market.BookFrame;
import dev.millrace.market.Gap;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.Trade;

/**
 * What a strategy implements; live and replay call it with the same events in the same order.
 *
 * <p>All calls come on the market thread, between two records of the journal at most: a slow callback delays the market.
 * Objects handed over are reused after the call; copy what you keep. One life lasts from {@link #onStart} to
 * {@link #onStop}, a session. An exception detaches the strategy, never the engine.
 *
 * <p>A class named in the configuration has a public constructor that takes {@code Map<String, String>} or nothing.
 */
public interface Strategy {

    /** A session begins; the view stays valid during the session, on this thread. */
    default void onStart(MarketView market) {}

    /** An accepted trade: each exactly once, duplicates removed. */
    default void onTrade(Trade trade) {}

    /** A whole book, slow or fast as {@link BookFrame#fast} says. */
    default void onBook(BookFrame book) {}

    /** The best bid and offer; either side may be empty. */
    default void onBbo(BookFrame bbo) {}

    /** A bar closed. */
    default void onBar(Bar bar) {}

    /** A closed bar changed. */
    default void onBarRevised(Bar bar) {}

    /** A stretch of a stream may have been lost, or is now known to have been. */
    default void onGap(Gap gap) {}

    /** A newer day's reading of sentiment, or another value of the day that was known. */
    default void onSentiment(SentimentReading reading) {}

    /** The venue's clock moved on: exchange time in ms. */
    default void onClock(long venueTimeMs) {}

    /** The session ended cleanly. */
    default void onStop() {}
}
