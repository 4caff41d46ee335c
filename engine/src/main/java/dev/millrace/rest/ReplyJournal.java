package dev.millrace.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.NanoClock;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Makes a record of kind REST of each reply; its source numbers them from 1. Any thread; waits while the ring is full. */
final class ReplyJournal {

    private static final long FULL_PAUSE_NS = 1_000_000;

    private final EventSink sink;
    private final NanoClock clock;
    private final AtomicInteger replies = new AtomicInteger();

    ReplyJournal(EventSink sink, NanoClock clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** False when it is too large for a record; nothing was written then. */
    boolean add(int status, InfoRequest request, byte[] body) throws InterruptedException {
        long receiveNs = clock.nowNs();
        byte[] head = (status + " " + request.json() + "\n").getBytes(UTF_8);
        int length = head.length + body.length;
        if (body.length > EventSink.MAX_PAYLOAD - head.length) {
            return false;
        }
        MarketEvent event = claim(length);
        event.set(RecordKind.REST, Source.of(Source.HYPERLIQUID_REST, 0, replies.incrementAndGet()), receiveNs, length);
        System.arraycopy(head, 0, event.bytes(), 0, head.length);
        System.arraycopy(body, 0, event.bytes(), head.length, body.length);
        sink.publish(event);
        return true;
    }

    private MarketEvent claim(int length) throws InterruptedException {
        MarketEvent event = sink.tryClaim(length);
        while (event == null) {
            LockSupport.parkNanos(FULL_PAUSE_NS);
            if (Thread.interrupted()) {
                throw new InterruptedException("while the ring was full");
            }
            event = sink.tryClaim(length);
        }
        return event;
    }
}
