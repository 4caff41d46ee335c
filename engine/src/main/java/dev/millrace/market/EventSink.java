package dev.millrace.market;

/**
 * The one door into the engine: feeds, REST, timers and tests enter here. The live sink is the ring; a test's sink is a
 * list. Safe for several threads.
 */
public interface EventSink {

    /** Longest payload that is accepted, in bytes. */
    int MAX_PAYLOAD = 16 * 1024 * 1024;

    /**
     * Claims an event for a payload of this many bytes; the caller fills {@link MarketEvent#bytes()}, calls
     * {@link MarketEvent#set} and must then {@link #publish}.
     *
     * @return null when there is no room now: try again later, nothing was claimed
     * @throws IllegalArgumentException when length exceeds {@link #MAX_PAYLOAD}
     */
    MarketEvent tryClaim(int length);

    /** Hands a claimed event to the engine. */
    void publish(MarketEvent event);
}
