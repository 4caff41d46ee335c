package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CollectorTest {

    @Test
    void shouldNotWaitLongerAfterAFailureThanItsInterval() {
        assertEquals(Duration.ofSeconds(5), Collector.pause(Duration.ofSeconds(5)));
        assertEquals(Duration.ofMinutes(10), Collector.pause(Duration.ofDays(1)));
    }
}
