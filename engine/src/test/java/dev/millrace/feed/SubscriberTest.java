package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscriberTest {

    private static final long MS = 1_000_000;

    private final List<String> log = new ArrayList<>();
    private final Subscriber.Outbox outbox = new Subscriber.Outbox() {
        @Override
        public boolean subscribe(Subscription subscription) {
            log.add("subscribe " + subscription.coin());
            return true;
        }

        @Override
        public boolean unsubscribe(Subscription subscription) {
            log.add("unsubscribe " + subscription.coin());
            return true;
        }

        @Override
        public void onAckTimeout(Subscription subscription) {
            log.add("timeout " + subscription.coin());
        }
    };

    @Test
    void shouldKeepThePaceHoweverItIsPolled() {
        Subscriber subscriber = new Subscriber(coins(1000), 50, Duration.ofDays(1), Duration.ofDays(1));
        Random random = new Random(9);
        long nowNs = 0;
        while (log.size() < 1000) {
            subscriber.poll(nowNs, true, outbox);
            assertTrue(log.size() <= 1 + nowNs / (20 * MS), log.size() + " sent after " + nowNs / MS + " ms");
            nowNs += random.nextInt(60) * MS;
        }
        assertTrue(nowNs <= 20_100 * MS, "1000 at 50 a second took " + nowNs / MS + " ms");
        assertEquals("subscribe C0", log.get(0));
        assertEquals("subscribe C999", log.get(999));
    }

    @Test
    void shouldEndWhatIsNotAcknowledgedAndAskAnewWithGrowingDelay() {
        Subscription c0 = Subscription.trades("C0");
        Subscriber subscriber = subscriber(coins(1), 1000);
        List<Long> endedAtMs = new ArrayList<>();
        for (long ms = 0; ms < 3_000; ms++) {
            log.clear();
            subscriber.poll(ms * MS, true, outbox);
            if (log.contains("unsubscribe C0")) {
                endedAtMs.add(ms);
                assertTrue(subscriber.onUnsubscribed(c0));
                log.clear();
                subscriber.poll(++ms * MS, true, outbox);
                assertEquals(List.of("subscribe C0"), log);
            }
        }
        // Time limit 100 ms, then a pause of 100, 200, 400 ms, capped at 500; asked anew 1 ms later.
        assertEquals(List.of(200L, 501L, 1002L, 1603L, 2204L, 2805L), endedAtMs);
        assertTrue(subscriber.onSubscribed(c0));
        log.clear();
        poll(subscriber, 3_000, 5_000);
        assertEquals(List.of(), log);
        assertEquals(1, subscriber.acknowledged());
    }

    @Test
    void shouldEndWhatTheVenueHeldAlreadyAndAskAnew() {
        Subscription c0 = Subscription.trades("C0");
        Subscriber subscriber = subscriber(coins(1), 1000);
        poll(subscriber, 0, 10);
        assertTrue(subscriber.onAlreadySubscribed(c0));
        assertFalse(subscriber.holds(c0), "nobody was told from when on");
        poll(subscriber, 10, 200);
        assertEquals(List.of("subscribe C0", "unsubscribe C0"), log);
        assertFalse(subscriber.onAlreadySubscribed(c0), "it is being ended");
        assertFalse(subscriber.onSubscribed(c0), "of the asking before: it is being ended");
        subscriber.onUnsubscribed(c0);
        poll(subscriber, 200, 210);
        assertEquals("subscribe C0", log.get(2));
        assertTrue(subscriber.onSubscribed(c0));
        poll(subscriber, 210, 5_000);
        assertEquals(3, log.size());
    }

    @Test
    void shouldEndWhatIsOverdueOnceWhenItIsNotWantedAnyMore() {
        Subscription c0 = Subscription.trades("C0");
        Subscriber subscriber = subscriber(coins(1), 1000);
        poll(subscriber, 0, 150);
        subscriber.retire(c0);
        poll(subscriber, 150, 160);
        assertEquals(List.of("subscribe C0", "timeout C0", "unsubscribe C0"), log);
        subscriber.onUnsubscribed(c0);
        poll(subscriber, 160, 5_000);
        assertEquals(3, log.size());
    }

    @Test
    void shouldTakeALateAcknowledgementInsteadOfAskingAgain() {
        Subscriber subscriber = subscriber(coins(1), 1000);
        subscriber.poll(0, true, outbox);
        subscriber.poll(100 * MS, true, outbox);
        assertEquals(List.of("subscribe C0", "timeout C0"), log);
        assertTrue(subscriber.onSubscribed(Subscription.trades("C0")));
        subscriber.poll(10_000 * MS, true, outbox);
        assertEquals(2, log.size());
        assertEquals(1, subscriber.acknowledged());
    }

    @Test
    void shouldBeginTheTimeLimitAgainAfterNotReading() {
        Subscriber subscriber = subscriber(coins(1), 1000);
        subscriber.poll(0, true, outbox);
        subscriber.poll(5_000 * MS, false, outbox);
        subscriber.poll(5_099 * MS, true, outbox);
        assertEquals(List.of("subscribe C0"), log);
        subscriber.poll(5_100 * MS, true, outbox);
        assertEquals(List.of("subscribe C0", "timeout C0"), log);
    }

    @Test
    void shouldNotCountWhatWasNotAskedOrCameTwice() {
        Subscriber subscriber = subscriber(coins(2), 1);
        subscriber.poll(0, true, outbox);
        assertFalse(subscriber.onSubscribed(Subscription.trades("DOGE")));
        assertFalse(subscriber.onSubscribed(Subscription.trades("C1")), "not sent yet");
        assertTrue(subscriber.onSubscribed(Subscription.trades("C0")));
        assertFalse(subscriber.onSubscribed(Subscription.trades("C0")));
        assertEquals(1, subscriber.acknowledged());
        assertEquals(List.of(Subscription.trades("C0")), subscriber.held());
    }

    @Test
    void shouldTellWhatWasSentSinceAndNotAnswered() {
        Subscriber subscriber = new Subscriber(coins(5), 10, Duration.ofDays(1), Duration.ofDays(1));
        for (long ms = 0; ms < 1_000; ms += 10) {
            subscriber.poll(ms * MS, true, outbox);
        }
        assertEquals(
                List.of(Subscription.trades("C3"), Subscription.trades("C4")), subscriber.unansweredSince(250 * MS));
        subscriber.onSubscribed(Subscription.trades("C3"));
        assertEquals(List.of(Subscription.trades("C4")), subscriber.unansweredSince(250 * MS));
    }

    @Test
    void shouldEndAndAskAgainForOneThatIsRenewed() {
        Subscription c0 = Subscription.trades("C0");
        Subscriber subscriber = subscriber(coins(2), 1000);
        assertFalse(subscriber.renew(c0), "not held yet");
        poll(subscriber, 0, 10);
        subscriber.onSubscribed(c0);
        assertTrue(subscriber.renew(c0));
        assertFalse(subscriber.holds(c0));
        poll(subscriber, 10, 20);
        assertTrue(subscriber.onUnsubscribed(c0));
        assertFalse(subscriber.onUnsubscribed(c0));
        poll(subscriber, 20, 30);
        assertEquals(List.of("subscribe C0", "subscribe C1", "unsubscribe C0", "subscribe C0"), log);
        assertTrue(subscriber.onSubscribed(c0));
        assertEquals(1, subscriber.acknowledged());
    }

    @Test
    void shouldEndAgainWhenTheEndIsNotAcknowledged() {
        Subscriber subscriber = subscriber(coins(1), 1000);
        poll(subscriber, 0, 1);
        subscriber.onSubscribed(Subscription.trades("C0"));
        subscriber.retire(Subscription.trades("C0"));
        poll(subscriber, 1, 301);
        assertEquals(List.of("subscribe C0", "unsubscribe C0", "timeout C0", "unsubscribe C0"), log);
        assertTrue(subscriber.onUnsubscribed(Subscription.trades("C0")));
        poll(subscriber, 301, 5_000);
        assertEquals(4, log.size());
        assertEquals(0, subscriber.acknowledged());
    }

    @Test
    void shouldAddAndRetireWhileItRuns() {
        Subscriber subscriber = subscriber(coins(1), 1000);
        poll(subscriber, 0, 10);
        subscriber.add(Subscription.trades("C0"));
        subscriber.add(Subscription.bbo("X"));
        subscriber.add(Subscription.bbo("Y"));
        subscriber.retire(Subscription.bbo("Y"));
        subscriber.retire(Subscription.bbo("never asked for"));
        poll(subscriber, 10, 20);
        assertEquals(List.of("subscribe C0", "subscribe X"), log);
    }

    @Test
    void shouldSendNothingThatTheVenueDoesNotAllowYet() {
        Subscriber subscriber = subscriber(coins(3), 1000);
        boolean[] allowed = {false};
        Subscriber.Outbox limited = new Subscriber.Outbox() {
            @Override
            public boolean subscribe(Subscription subscription) {
                return allowed[0] && outbox.subscribe(subscription);
            }

            @Override
            public boolean unsubscribe(Subscription subscription) {
                return allowed[0] && outbox.unsubscribe(subscription);
            }

            @Override
            public void onAckTimeout(Subscription subscription) {
                outbox.onAckTimeout(subscription);
            }
        };
        assertFalse(subscriber.poll(0, true, limited));
        assertFalse(subscriber.poll(50 * MS, true, limited));
        assertEquals(List.of(), log);
        allowed[0] = true;
        assertTrue(subscriber.poll(50 * MS, true, limited));
        assertTrue(subscriber.poll(51 * MS, true, limited));
        assertTrue(subscriber.poll(52 * MS, true, limited));
        assertEquals(List.of("subscribe C0", "subscribe C1", "subscribe C2"), log);
    }

    @Test
    void shouldSendARepeatedSubscriptionOnce() {
        Subscriber subscriber = subscriber(List.of(Subscription.bbo("A"), Subscription.bbo("A")), 1000);
        subscriber.poll(100 * MS, true, outbox);
        assertEquals(List.of("subscribe A"), log);
    }

    private void poll(Subscriber subscriber, long fromMs, long toMs) {
        for (long ms = fromMs; ms < toMs; ms++) {
            subscriber.poll(ms * MS, true, outbox);
        }
    }

    private static Subscriber subscriber(List<Subscription> asked, int perSecond) {
        return new Subscriber(asked, perSecond, Duration.ofMillis(100), Duration.ofMillis(500));
    }

    private static List<Subscription> coins(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Subscription.trades("C" + i))
                .toList();
    }
}
