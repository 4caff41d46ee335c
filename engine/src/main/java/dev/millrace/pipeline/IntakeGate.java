package dev.millrace.pipeline;

import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;

/**
 * The door of the sources: while it is closed it looks to them like a full ring, so that the socket is not read, REST
 * threads wait and the clock skips. What the engine itself has to say goes to the ring directly. Any thread.
 */
final class IntakeGate implements EventSink {

    private final EventSink ring;
    private volatile boolean closed;

    IntakeGate(EventSink ring) {
        this.ring = ring;
    }

    void close() {
        closed = true;
    }

    void open() {
        closed = false;
    }

    @Override
    public MarketEvent tryClaim(int length) {
        return closed ? null : ring.tryClaim(length);
    }

    @Override
    public void publish(MarketEvent event) {
        ring.publish(event);
    }
}
