package dev.millrace.feed;

import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one ordered way into the sink, for messages and lifecycle records of all connections in turn. Event loop only.
 *
 * <p>While the sink is full no socket is read and what Netty has already decoded waits here, in order: at most the
 * messages of one read of each socket and those records. Nothing is dropped, and the event loop never waits.
 */
final class Intake {

    /** Looks at a payload on its way into the sink; the array belongs to the event and must not be kept. */
    interface Reader {
        void onPayload(byte[] payload, int length);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    /** The selector's resolution; the ring holds many times what a consumer eats in it. */
    private static final long RETRY_MS = 1;

    private record Waiting(RecordKind kind, long source, long receiveNs, ByteBuf payload, Reader reader) {}

    private final EventSink sink;
    private final FeedCounters counters;
    private final Network network;
    private final Consumer<Throwable> onFailure;
    private final Runnable drain = this::drain;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Set<Channel> channels = new LinkedHashSet<>();
    private Future<?> retry;
    private Runnable onOpen = () -> {};
    private long countedUntilNs;
    private boolean failed;

    /** @param onFailure told once of an exception on the way into the sink: nothing is handed over after it */
    Intake(EventSink sink, FeedCounters counters, Network network, Consumer<Throwable> onFailure) {
        this.sink = sink;
        this.counters = counters;
        this.network = network;
        this.onFailure = onFailure;
    }

    /** A socket to stop reading when the sink is full. */
    void attach(Channel channel) {
        channels.add(channel);
        channel.config().setAutoRead(isOpen());
    }

    /** That socket is gone. */
    void detach(Channel channel) {
        channels.remove(channel);
    }

    /** Whether nothing waits, so that the socket is being read. */
    boolean isOpen() {
        return waiting.isEmpty() && !failed;
    }

    /** Runs an action as soon as nothing waits. */
    void onceOpen(Runnable action) {
        if (isOpen()) {
            action.run();
        } else {
            onOpen = action;
        }
    }

    /**
     * Takes one payload, now or as soon as there is room.
     *
     * @param payload read from its reader index; retained when it has to wait
     * @param reader called with the bytes just before they are published; null when nobody looks
     */
    void accept(RecordKind kind, long source, long receiveNs, ByteBuf payload, Reader reader) {
        if (!isOpen() || !offerNow(kind, source, receiveNs, payload, reader)) {
            waiting.add(new Waiting(kind, source, receiveNs, payload.retain(), reader));
            if (retry == null && !failed) {
                stopReading();
            }
        }
    }

    /** Gives up what still waits; tells how many. */
    int discard() {
        int discarded = waiting.size();
        waiting.forEach(one -> one.payload().release());
        waiting.clear();
        if (retry != null) {
            retry.cancel(false);
        }
        return discarded;
    }

    private boolean offerNow(RecordKind kind, long source, long receiveNs, ByteBuf payload, Reader reader) {
        try {
            return offer(kind, source, receiveNs, payload, reader);
        } catch (RuntimeException | Error bug) {
            fail(bug);
            return false;
        }
    }

    private boolean offer(RecordKind kind, long source, long receiveNs, ByteBuf payload, Reader reader) {
        int length = payload.readableBytes();
        MarketEvent event = sink.tryClaim(length);
        if (event == null) {
            return false;
        }
        try {
            event.set(kind, source, receiveNs, length);
            payload.getBytes(payload.readerIndex(), event.bytes(), 0, length);
            if (reader != null) {
                reader.onPayload(event.bytes(), length);
            }
        } finally {
            // A claimed slot that is never published would stop the ring for ever.
            sink.publish(event);
        }
        if (kind == RecordKind.FRAME) {
            counters.frames.increment();
            counters.bytes.add(length);
        }
        return true;
    }

    private void stopReading() {
        counters.ringFull.increment();
        countedUntilNs = network.nanoTime();
        read(false);
        retry = network.loop().schedule(drain, RETRY_MS, TimeUnit.MILLISECONDS);
    }

    private void drain() {
        countFullTime();
        try {
            while (!waiting.isEmpty()) {
                Waiting first = waiting.peek();
                if (!offer(first.kind(), first.source(), first.receiveNs(), first.payload(), first.reader())) {
                    retry = network.loop().schedule(drain, RETRY_MS, TimeUnit.MILLISECONDS);
                    return;
                }
                waiting.poll().payload().release();
            }
        } catch (RuntimeException | Error bug) {
            fail(bug);
            return;
        }
        retry = null;
        read(true);
        onOpen.run();
    }

    private void fail(Throwable bug) {
        failed = true;
        read(false);
        LOG.error("the engine's intake failed; nothing more is read from the venue", bug);
        onFailure.accept(bug);
    }

    private void read(boolean on) {
        for (Channel channel : channels) {
            channel.config().setAutoRead(on);
        }
    }

    private void countFullTime() {
        long nowNs = network.nanoTime();
        counters.ringFullNs.add(nowNs - countedUntilNs);
        countedUntilNs = nowNs;
    }
}
