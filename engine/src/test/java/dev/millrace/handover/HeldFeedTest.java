package dev.millrace.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.EventSink;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is held comes out in order, whatever comes meanwhile; nothing is dropped but what the other daemon has. */
class HeldFeedTest {

    private static final int EVENTS = 200_000;

    private final HeldFeed held = new HeldFeed(1L << 30);

    @Test
    void shouldPassInOrderWhileMoreComes() throws InterruptedException {
        List<Long> passed = new ArrayList<>();
        Thread feed = new Thread(() -> {
            for (long i = 0; i < EVENTS; i++) {
                publish(held, frame(i));
            }
        });
        feed.start();
        held.passTo(sink(passed), event -> passed.add(event.receiveNs()));
        feed.join();
        assertEquals(LongStream.range(0, EVENTS).boxed().toList(), passed);
    }

    @Test
    @Timeout(300)
    void shouldEndAlthoughTheFeedBringsOneForEachThatIsHandedOn() throws InterruptedException {
        AtomicLong wanted = new AtomicLong(1);
        AtomicLong sent = new AtomicLong();
        List<Long> passed = new ArrayList<>();
        Thread feed = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                if (sent.get() < wanted.get()) {
                    publish(held, frame(sent.get()));
                    sent.incrementAndGet();
                }
            }
        });
        feed.start();
        awaitSent(feed, sent, wanted);
        held.passTo(sink(passed), event -> {
            passed.add(event.receiveNs());
            wanted.incrementAndGet();
            awaitSent(feed, sent, wanted);
            return true;
        });
        awaitSent(feed, sent, wanted);
        feed.interrupt();
        feed.join();
        assertEquals(LongStream.range(0, sent.get()).boxed().toList(), passed);
    }

    private static void awaitSent(Thread feed, AtomicLong sent, AtomicLong wanted) {
        while (sent.get() < wanted.get() && feed.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldClaimFromTheRingWhenItOpensWhileAClaimWaits() throws InterruptedException {
        MarketEvent slot = new MarketEvent(8);
        List<MarketEvent> published = new ArrayList<>();
        EventSink ring = new EventSink() {
            @Override
            public MarketEvent tryClaim(int length) {
                return slot;
            }

            @Override
            public void publish(MarketEvent event) {
                published.add(event);
            }
        };
        Thread feed = new Thread(() -> held.publish(held.tryClaim(8)));
        synchronized (held) { // the claim has found nothing to pass to, and waits for the lock
            feed.start();
            while (feed.getState() != Thread.State.BLOCKED && feed.isAlive()) {
                Thread.onSpinWait();
            }
            held.passTo(ring, event -> true);
        }
        feed.join();
        assertEquals(1, published.size());
        assertSame(slot, published.get(0), "what is published in the ring was claimed there");
    }

    @Test
    void shouldForgetALostConnectionUntilItKeeps() {
        publish(held, frame(1));
        HeldFeed.News look = held.news();
        assertEquals(1, look.events().size());
        publish(held, lost());
        assertFalse(held.keep(look), "the look is out of date");
        publish(held, frame(2));
        HeldFeed.News later = held.news();
        assertEquals(1, later.events().size());
        assertTrue(held.keep(later));
        publish(held, lost());
        publish(held, frame(3));
        List<Long> passed = new ArrayList<>();
        held.passTo(sink(passed), event -> passed.add(event.receiveNs()));
        assertEquals(List.of(2L, 0L, 3L), passed);
    }

    @Test
    void shouldForgetOnlyTheConnectionThatWasLost() {
        publish(held, frame(1));
        MarketEvent other = frame(2);
        other.set(RecordKind.FRAME, Source.of(Source.HYPERLIQUID_WS, 2, 0), 2, 0);
        publish(held, other);
        HeldFeed.News look = held.news();
        publish(held, lost());
        assertFalse(held.keep(look), "the look is out of date");
        List<MarketEvent> again = held.news().events();
        assertEquals(List.of(2L), again.stream().map(MarketEvent::receiveNs).toList());
    }

    @Test
    void shouldLookFullBeyondItsBound() {
        HeldFeed small = new HeldFeed(1_000);
        for (int i = 0; !small.isFull(); i++) {
            assertTrue(i < 100, "it is never full");
            MarketEvent event = small.tryClaim(100);
            if (event != null) {
                event.set(RecordKind.FRAME, 0, i, 100);
                small.publish(event);
            }
        }
        assertNull(small.tryClaim(100));
        List<Long> passed = new ArrayList<>();
        small.passTo(sink(passed), event -> passed.add(event.receiveNs()));
        assertFalse(passed.isEmpty());
        assertNotNull(small.tryClaim(100));
    }

    private static MarketEvent frame(long receiveNs) {
        MarketEvent event = new MarketEvent(0);
        event.set(RecordKind.FRAME, Source.of(Source.HYPERLIQUID_WS, 1, 0), receiveNs, 0);
        return event;
    }

    private static MarketEvent lost() {
        byte[] payload = Lifecycle.LOST.payload("");
        MarketEvent event = new MarketEvent(payload.length);
        System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
        event.set(RecordKind.LIFECYCLE, Source.of(Source.HYPERLIQUID_WS, 1, 0), 0, payload.length);
        return event;
    }

    private static void publish(EventSink sink, MarketEvent event) {
        MarketEvent claimed = sink.tryClaim(event.length());
        System.arraycopy(event.bytes(), 0, claimed.bytes(), 0, event.length());
        claimed.set(event.kind(), event.source(), event.receiveNs(), event.length());
        sink.publish(claimed);
    }

    private static EventSink sink(List<Long> passed) {
        return new EventSink() {
            @Override
            public MarketEvent tryClaim(int length) {
                return new MarketEvent(length);
            }

            @Override
            public void publish(MarketEvent event) {
                passed.add(event.receiveNs());
            }
        };
    }
}
