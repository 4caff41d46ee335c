package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.freshness.FreshnessReport;
import dev.millrace.freshness.StreamState;
import dev.millrace.market.FeedControl;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mids of the venue and those of an exchange on it, over one connection: two streams, each with its own silence. */
class MidsOfExchangesTest {

    private static final long T0 = 1_700_000_000_000L;

    private final Set<String> asked = new LinkedHashSet<>();
    private final Market market = Recorder.market(new Recorder(), new Counters());
    private final Tape tape = new Tape()
            .session(T0, Tape.results(4096, Duration.ofMinutes(10), "1m"))
            .lifecycle(Lifecycle.CONNECTED, 1, T0)
            .frame(1, T0, Frames.ack(Subscription.allMids("")))
            .frame(1, T0, Frames.ack(Subscription.allMids("xyz")));

    @Test
    void shouldFindOneMuteWhileTheOtherComes() {
        for (int second = 0; second < 600; second += 5) {
            mids(second, second < 100);
        }
        FreshnessReport report = play();
        assertEquals(Map.of(StreamState.LIVE, 1, StreamState.MUTE, 1), report.states());
        assertEquals("allMids xyz", report.unhealthy().get(0).channel());
        assertEquals(Set.of("xyz"), asked);
    }

    @Test
    void shouldEndOneAndKeepTheOther() {
        mids(0, true);
        tape.frame(1, T0 + 2_000, Frames.ack(Subscription.allMids("xyz")).replace("\"subscribe\"", "\"unsubscribe\""));
        mids(5, false);
        assertEquals(Map.of(StreamState.LIVE, 1), play().states());
        assertEquals(List.of(), market.freshness().unhealthy());
    }

    private void mids(int second, boolean both) {
        long receiveMs = T0 + second * 1_000L;
        tape.frame(1, receiveMs + 200, "{\"channel\":\"allMids\",\"data\":{\"mids\":{\"A\":\"1.0\"}}}");
        if (both) {
            tape.frame(
                    1,
                    receiveMs + 700,
                    "{\"channel\":\"allMids\",\"data\":{\"mids\":{\"xyz:B\":\"1.0\"},\"dex\":\"xyz\"}}");
        }
        for (int k = 0; k < 5; k++) {
            tape.clock(receiveMs + 1_000L * k + 900);
        }
    }

    private FreshnessReport play() {
        market.steer(
                new FeedControl() {
                    @Override
                    public void resubscribe(int connection, Subscription subscription) {
                        asked.add(subscription.dex());
                    }

                    @Override
                    public void replace(int connection, long lateMs) {}

                    @Override
                    public void replaceIfRoom(int connection) {}
                },
                note -> {});
        tape.play(market);
        return market.freshness();
    }
}
