package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final long MS = 1_000_000;

    @Test
    void shouldStayWithinADoublingCeilingUpToTheCap() {
        for (long seed = 0; seed < 500; seed++) {
            Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new SplittableRandom(seed));
            long ceiling = 500 * MS;
            for (int attempt = 0; attempt < 100; attempt++) {
                long delay = backoff.nextDelayNs();
                assertTrue(delay >= 0 && delay <= ceiling, "seed " + seed + ", attempt " + attempt + ": " + delay);
                ceiling = Math.min(30_000 * MS, ceiling * 2);
            }
        }
    }

    @Test
    void shouldSpreadOverTheWholeRange() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new SplittableRandom(1));
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            tenths[(int) Math.min(9, backoff.nextDelayNs() / (100 * MS))]++;
        }
        for (int count : tenths) {
            assertTrue(count > 800 && count < 1_200, () -> "a tenth of the range holds " + count + " of 10,000");
        }
    }

    @Test
    void shouldBeginAnewAfterAReset() {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofDays(1), new SplittableRandom(5));
        for (int i = 0; i < 40; i++) {
            backoff.nextDelayNs();
        }
        backoff.reset();
        assertTrue(backoff.nextDelayNs() <= MS);
    }

    @Test
    void shouldNotFailWithoutAnyDelay() {
        Backoff backoff = new Backoff(Duration.ZERO, Duration.ZERO, new SplittableRandom(5));
        assertEquals(0, backoff.nextDelayNs() / 2);
    }
}
