package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a feed does when time passes, in a time that moves by hand. */
class FeedTimeTest {

    private static final Subscription MUTE = Subscription.trades("BTC");

    private final ClockedVenue venue = new ClockedVenue();
    private final FeedSetup setup = new FeedSetup(URI.create("ws://venue.test/ws"));
    private final RecordingSink sink = new RecordingSink();

    FeedTimeTest() {
        setup.subscriptions = List.of(MUTE, Subscription.bbo("BTC"));
        setup.ack = Duration.ofSeconds(1);
    }

    @AfterEach
    void closeVenue() {
        venue.close();
    }

    @Test
    void shouldRecordAMissingAcknowledgementAndAskAgain() {
        venue.ignores(MUTE, 2);
        try (FeedClient client = start()) {
            venue.until("both", 10_000, () -> client.status().acknowledged() == 2);
            List<String> told = sink.all().stream()
                    .filter(one -> one.is(Lifecycle.ACK_TIMEOUT))
                    .map(RecordingSink.Taken::text)
                    .toList();
            String timeout = "ack-timeout " + SubscriptionText.text(MUTE);
            assertEquals(List.of(timeout, timeout), told);
            assertEquals(1, client.status().connection());
        }
    }

    @Test
    void shouldNotTakeItsOwnRefusalToReadForSilence() {
        setup.silence = Duration.ofSeconds(1);
        sink.room(2);
        try (FeedClient client = start()) {
            venue.pass(10_000);
            assertEquals(1, client.status().connection());
            assertEquals(0, client.status().acknowledged());
            sink.room(Long.MAX_VALUE);
            venue.until("both", 500, () -> client.status().acknowledged() == 2);
            assertEquals(1, client.status().connection());
        }
        assertEquals(0, setup.counters.value("feed.ack-timeouts"));
    }

    /** What is on its way over the old one shall arrive, and join what the new one begins with. */
    @Test
    void shouldKeepAConnectionThatIsLateBesideItsReplacementUntilItHasCaughtUp() {
        setup.subscriptions = List.of(Subscription.bbo("BTC"));
        try (FeedClient client = start()) {
            venue.until("the first", 1_000, () -> client.status().acknowledged() == 1);
            client.replace(1, 0);
            long besideMs = venue.until("the second", 5_000, () -> laneOf(client) == 2);
            client.replace(2, 7_000);
            long lateMs = venue.until("the third", 20_000, () -> laneOf(client) == 3);
            assertTrue(Math.abs(lateMs - besideMs - 7_000) <= 200, besideMs + " ms, then " + lateMs + " ms");
        }
    }

    /** The connection that carries the only lane. */
    private static int laneOf(FeedClient client) {
        return client.status().lanes().get(0).connection();
    }

    private FeedClient start() {
        FeedClient client = setup.client(sink, venue::network);
        client.start();
        return client;
    }
}
