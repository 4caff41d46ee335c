package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long it takes to find what closes sockets, in a time that moves by hand. */
class QuarantineTest {

    private static final long MINUTE_MS = 60_000;

    private final ClockedVenue venue = new ClockedVenue();
    private final FeedSetup setup = new FeedSetup(URI.create("ws://venue.test/ws"));
    private final RecordingSink sink = new RecordingSink();

    QuarantineTest() {
        // The defaults of the file.
        setup.minDelay = Duration.ofMillis(500);
        setup.maxDelay = Duration.ofSeconds(30);
        setup.limits = VenueLimits.HYPERLIQUID.percent(90);
        venue.answerMs = 300; // so late that nobody is acknowledged before the socket closes
    }

    @AfterEach
    void closeVenue() {
        venue.close();
    }

    @Test
    void shouldFindTheWrongNameAmongFiftyWhereverItStands() {
        for (int at = 0; at < 50; at += 7) {
            String where = "wrong is number " + at;
            long trials = setup.counters.value("feed.trials");
            ask(50, at);
            try (FeedClient client = start()) {
                long halfMs = venue.until(where, 2_000, () -> client.status().acknowledged() >= 25);
                long found = 7_000 - halfMs;
                venue.until(where, found, () -> client.status().acknowledged() == 49);
                venue.until(where, MINUTE_MS, () -> client.status().suspects().isEmpty());
                assertEquals(
                        List.of(setup.subscriptions.get(at)), client.status().quarantined());
                assertTrue(setup.counters.value("feed.trials") - trials <= 8, where);
            }
        }
    }

    @Test
    void shouldTryTogetherWhatWasAskedForWhenASocketClosedOnce() {
        ask(50);
        venue.closesOnceOn(setup.subscriptions.get(20));
        try (FeedClient client = start()) {
            venue.until("all", 2_000, () -> client.status().acknowledged() == 50);
            assertEquals(1, setup.counters.value("feed.trials"));
            assertEquals(0, setup.counters.value("feed.quarantines"));
        }
    }

    @Test
    void shouldFindEveryWrongNameWithinTheVenuesLimits() {
        for (long seed = 0; seed < 6; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String where = "seed " + seed;
            int count = 1 + random.nextInt(100);
            ask(count, random.ints(random.nextInt(12), 0, count).toArray());
            setup.perSecond = 20 + random.nextInt(1_000);
            venue.answerMs = random.nextInt(400);
            try (FeedClient client = start()) {
                List<Subscription> wrong = venue.wrong();
                venue.until(
                        where,
                        10 * MINUTE_MS,
                        () -> client.status().acknowledged() == count - wrong.size()
                                && client.status().quarantined().size() == wrong.size());
                assertEquals(Set.copyOf(wrong), Set.copyOf(client.status().quarantined()), where);
                assertTrue(venue.mostWithinAMinute() <= setup.limits.connectionsPerMinute(), where);
            }
        }
    }

    private FeedClient start() {
        FeedClient client = setup.client(sink, venue::network);
        client.start();
        return client;
    }

    private void ask(int count, int... wrong) {
        setup.subscriptions = trades(count);
        venue.reset();
        for (int at : wrong) {
            venue.closesOn(setup.subscriptions.get(at));
        }
    }

    private static List<Subscription> trades(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Subscription.trades("C" + i))
                .toList();
    }
}
