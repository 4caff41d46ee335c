package dev.millrace.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;

/**
 * The one door into the engine, over a Disruptor ring. Payloads larger than a slot borrow from a bounded pool. Any thread.
 */
final class Ring implements EventSink {

    private final RingBuffer<MarketEvent> ring;
    private final LargeBuffers large;
    private final int inlineBytes;

    Ring(RingBuffer<MarketEvent> ring, LargeBuffers large) {
        this.ring = ring;
        this.large = large;
        inlineBytes = ring.get(0).inlineCapacity();
    }

    @Override
    public MarketEvent tryClaim(int length) {
        if (length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("payload of " + length + " bytes; at most " + MAX_PAYLOAD);
        }
        byte[] borrowed = null;
        if (length > inlineBytes) {
            borrowed = large.tryTake(length);
            if (borrowed == null) {
                return null;
            }
        }
        return claim(borrowed);
    }

    private MarketEvent claim(byte[] borrowed) {
        long slot;
        try {
            slot = ring.tryNext();
        } catch (InsufficientCapacityException ignored) {
            // The Disruptor's shared, traceless way of saying "full": the caller tries again later.
            if (borrowed != null) {
                large.giveBack(borrowed);
            }
            return null;
        }
        MarketEvent event = ring.get(slot);
        event.slot(slot);
        if (borrowed != null) {
            event.borrow(borrowed);
        }
        return event;
    }

    @Override
    public void publish(MarketEvent event) {
        ring.publish(event.slot());
    }

    /** Called by the last handler: the event's payload is no longer needed. */
    void release(MarketEvent event) {
        byte[] borrowed = event.giveBack();
        if (borrowed != null) {
            large.giveBack(borrowed);
        }
    }

    /** The slot claimed last, −1 before the first: changes whenever something enters. */
    long cursor() {
        return ring.getCursor();
    }

    /** Shows how full it is. */
    void observe(Counters counters) {
        counters.observe("ring.slots", "Slots of the ring", ring::getBufferSize);
        counters.observe("ring.slots-used", "Slots that hold events not yet handled", this::used);
        counters.observe(
                "ring.large-bytes", "Bytes of payloads larger than a slot, buffers kept included", large::bytes);
    }

    /** Slots that hold events not yet handled. */
    long used() {
        return ring.getBufferSize() - ring.remainingCapacity();
    }
}
