package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VenueWatchTest {

    @Test
    void shouldNotWaitLongerAfterAFailureThanItsInterval() {
        assertEquals(Duration.ofSeconds(5), VenueWatch.pause(Duration.ofSeconds(5)));
        assertEquals(Duration.ofMinutes(1), VenueWatch.pause(Duration.ofMinutes(10)));
    }
}
