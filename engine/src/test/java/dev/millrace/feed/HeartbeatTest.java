package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.feed.Heartbeat.Due;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final Heartbeat heartbeat = new Heartbeat(Duration.ofNanos(20), Duration.ofNanos(50));

    @Test
    void shouldPingAfterAnIntervalWithoutSending() {
        assertEquals(Due.NOTHING, heartbeat.poll(19, 1, true));
        assertEquals(Due.PING, heartbeat.poll(20, 2, true));
        heartbeat.onSent(20);
        assertEquals(Due.NOTHING, heartbeat.poll(39, 3, true));
        heartbeat.onSent(39);
        assertEquals(Due.NOTHING, heartbeat.poll(58, 4, true));
        assertEquals(Due.PING, heartbeat.poll(59, 5, true));
    }

    @Test
    void shouldCallAConnectionDeadOnlyWithoutAnyMessage() {
        assertEquals(Due.NOTHING, heartbeat.poll(10, 1, true));
        heartbeat.onSent(50);
        assertEquals(Due.NOTHING, heartbeat.poll(59, 1, true));
        assertEquals(Due.DEAD, heartbeat.poll(60, 1, true));
    }

    @Test
    void shouldNotHoldOwnRefusalToReadAgainstTheVenue() {
        heartbeat.onSent(40);
        assertEquals(Due.NOTHING, heartbeat.poll(55, 0, false));
        heartbeat.onSent(60);
        heartbeat.onSent(100);
        assertEquals(Due.NOTHING, heartbeat.poll(104, 0, true));
        assertEquals(Due.DEAD, heartbeat.poll(105, 0, true));
    }
}
