package dev.millrace.market;

import java.util.function.Predicate;

/**
 * Where what the market was told goes as it is, beside the bars: the tables of the store. Called on the market thread,
 * between two records at most; objects are reused after the call. Times of receipt are ns since 1970. A sequence is that of
 * the journal's record which made the market tell it: a frame's own, or a later one's when the frame was held back. So
 * sequences never fall from call to call.
 */
public interface TickSink {

    /** Takes nothing. */
    TickSink NONE = new TickSink() {};

    /** An accepted trade. */
    default void onTrade(Trade trade, long sequence) {}

    /** A book whose best level of either side differs from that of the book held before, or that follows none. */
    default void onTopOfBook(String symbol, BookView view, BookFrame book, long receiveNs, long sequence) {}

    /** A whole book, of the view {@code slow} or {@code fast}, that is not older than the one held. */
    default void onBook(String symbol, BookView view, BookFrame book, long receiveNs, long sequence) {}

    /** A mid price, scale 8, that differs from the one before. The venue gives it no time of its own. */
    default void onMid(String symbol, long price, long receiveNs, long sequence) {}

    /** A context. The venue gives it no time of its own. */
    default void onContext(String symbol, AssetContext context, long receiveNs, long sequence) {}

    /** A gap became known, or its evidence or repair changed. */
    default void onGap(Gap gap, long receiveNs, long sequence) {}

    /** A reading of sentiment, each as often as it is told. */
    default void onSentiment(SentimentReading reading, long sequence) {}

    /** Whether {@link #onSentiment} is wanted of the whole past too, thousands of readings. Asked at each such reply. */
    default boolean takesSentimentHistory() {
        return false;
    }

    /** Whether {@link #onHistory} is wanted. Asked at each such page, before it is copied. */
    default boolean takesHistory() {
        return false;
    }

    /**
     * A page of history, candles or funding, as the venue sent it: the market passes it undecoded, to a sink that takes it.
     *
     * @param request the body of the question
     * @param body of the answer, whose status was 200
     * @param repairing whether a candle is of time in which a gap of ours lies; to be asked within the call
     */
    default void onHistory(
            String request, byte[] body, Predicate<VenueCandle> repairing, long receiveNs, long sequence) {}

    /**
     * An instrument that the venue's metadata names for the first time, or describes differently than before; one that it
     * names no more comes as delisted.
     *
     * @param formerName the name that stood in its place before, where it was renamed; null otherwise
     */
    default void onInstrument(Instrument instrument, String formerName, long receiveNs, long sequence) {}

    /** A decision about the universe. */
    default void onUniverse(UniverseDecision decision, long receiveNs, long sequence) {}
}
