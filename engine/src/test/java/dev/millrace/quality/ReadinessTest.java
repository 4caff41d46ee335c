package dev.millrace.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Timeframe;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final Timeframe MINUTE = Timeframe.parse("1m");

    @Test
    void shouldBeReadyAtEveryLimit() {
        Measures window = new Measures(100_000, 5_000, 0, 1_000, 0, 10, 10, 0, 0, GapRun.of(9_000), GapRun.of(300));
        assertTrue(Readiness.of(MINUTE, window, 120_000).isReady());
    }

    @Test
    void shouldGiveEveryReason() {
        Measures window =
                new Measures(100_000, 5_001, 0, 999, 0, 1_000_000, 999_999, 0, 0, GapRun.of(301), GapRun.of(301));
        assertEquals(
                List.of(
                        "quality 0.9500 is below 0.95",
                        "999 closed bars of 1m are fewer than 1,000",
                        "a gap of 301 s is longer than 5 bars",
                        "1 bars differ from the roll-up of finer ones",
                        "the newest closed bar is 120 s old, more than 2 bars"),
                Readiness.of(MINUTE, window, 120_001).reasons());
    }

    @Test
    void shouldNotBeReadyOfNothing() {
        assertEquals(
                List.of("quality 0.0000 is below 0.95", "0 closed bars of 1m are fewer than 1,000"),
                Readiness.of(MINUTE, Measures.NONE, 0).reasons());
    }
}
