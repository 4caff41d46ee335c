package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CloseDeadlineTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    private long nowNs = Long.MAX_VALUE - 1; // a monotonic clock may run over
    private final CloseDeadline deadline = new CloseDeadline(WITHIN, () -> nowNs);

    @Test
    void shouldNotBeOverBeforeAStopHasBegun() {
        assertFalse(deadline.isOver());
        nowNs = 1;
        assertFalse(deadline.isOver());
    }

    @Test
    void shouldBeOverWhenItsTimeHasPassedSinceTheBeginning() {
        deadline.begin();
        nowNs += WITHIN.toNanos() - 1;
        assertFalse(deadline.isOver());
        assertEquals(Duration.ofMillis(100), deadline.left(), "enough for a part that is not stuck");
        nowNs++;
        assertTrue(deadline.isOver());
    }

    @Test
    void shouldTellWhatIsLeft() {
        deadline.begin();
        nowNs += Duration.ofSeconds(5).toNanos();
        assertEquals(Duration.ofSeconds(15), deadline.left());
    }
}
