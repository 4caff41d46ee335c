package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.FeedControl;
import dev.millrace.market.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the market asks of the feed while the ring is filling waits for room, each request once. */
class FeedRequestsTest {

    private final List<String> passed = new ArrayList<>();
    private boolean overloaded = true;
    private final FeedRequests requests = new FeedRequests(() -> overloaded);

    @BeforeEach
    void giveAFeed() {
        requests.to(new FeedControl() {
            @Override
            public void resubscribe(int connection, Subscription subscription) {
                passed.add(connection + " " + subscription.coin());
            }

            @Override
            public void replace(int connection, long lateMs) {
                passed.add("replace " + connection + (lateMs > 0 ? ", " + lateMs + " ms late" : ""));
            }

            @Override
            public void replaceIfRoom(int connection) {
                passed.add("replace if room " + connection);
            }
        });
    }

    @Test
    void shouldPassAtOnceWhereThereIsRoom() {
        overloaded = false;
        requests.replace(3, 0);
        requests.resubscribe(3, Subscription.bbo("A"));
        requests.passOn();
        assertEquals(List.of("replace 3", "3 A"), passed);
    }

    @Test
    void shouldKeepWhatIsAskedWhileTheRingFills() {
        requests.resubscribe(1, Subscription.bbo("A"));
        requests.resubscribe(1, Subscription.bbo("B"));
        requests.resubscribe(1, Subscription.bbo("A"));
        requests.replaceIfRoom(1);
        requests.replace(2, 7);
        requests.replaceIfRoom(2);
        requests.passOn();
        assertEquals(List.of(), passed);

        overloaded = false;
        requests.passOn();
        requests.passOn();
        assertEquals(List.of("1 A", "1 B", "replace if room 1", "replace 2, 7 ms late"), passed);
    }

    @Test
    void shouldAskForAConnectionInsteadOfItsStreams() {
        requests.resubscribe(1, Subscription.bbo("A"));
        requests.resubscribe(2, Subscription.bbo("A"));
        requests.replace(1, 0);
        requests.resubscribe(1, Subscription.bbo("B"));
        overloaded = false;
        requests.passOn();
        assertEquals(List.of("2 A", "replace 1"), passed);
    }

    /** What came before goes first, also when there is room again. */
    @Test
    void shouldKeepTheOrder() {
        requests.resubscribe(1, Subscription.bbo("A"));
        overloaded = false;
        requests.resubscribe(1, Subscription.bbo("B"));
        assertEquals(List.of("1 A", "1 B"), passed);
    }
}
