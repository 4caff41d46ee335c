package dev.millrace.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ClockConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VenueClockTest {

    private static final long MS = 1_000_000L;

    private final VenueClock clock =
            new VenueClock(new ClockConfig(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10)));

    @Test
    void shouldBeUnsetBeforeTheFirstExchangeTime() {
        clock.onRecord(1_000 * MS);

        assertEquals(VenueClock.UNSET, clock.nowMs());
        assertFalse(clock.isAhead(Long.MAX_VALUE / 2, 0));
    }

    @Test
    void shouldCarryTheLastExchangeTimeByReceiveTime() {
        timed(10_000, 500);
        clock.onRecord(2_500 * MS);

        assertEquals(12_000, clock.nowMs());
    }

    @Test
    void shouldNeverGoBack() {
        timed(10_000, 500);
        clock.onRecord(4_500 * MS);
        timed(10_500, 4_600);

        assertEquals(14_000, clock.nowMs());
    }

    @Test
    void shouldGoOnBeyondTheCarryWhileStepsAreSmall() {
        timed(10_000, 0);
        for (long receive = 1_000; receive <= 20_000; receive += 1_000) {
            clock.onRecord(receive * MS);
        }

        assertEquals(30_000, clock.nowMs());
        assertEquals(0, clock.largeSteps());
    }

    @Test
    void shouldCountTheWholeDistanceWhenAStepCrossesTheCarry() {
        timed(10_000, 0);
        clock.onRecord(4_500 * MS);
        clock.onRecord(6_000 * MS);
        clock.onRecord(7_000 * MS);

        assertEquals(17_000, clock.nowMs());
    }

    @Test
    void shouldStopAtALargeStepUntilTheNextExchangeTime() {
        timed(10_000, 0);
        clock.onRecord(3_600_000 * MS);
        clock.onRecord(3_600_100 * MS);
        assertEquals(15_000, clock.nowMs());
        assertEquals(1, clock.largeSteps());

        timed(15_100, 3_600_200);
        clock.onRecord(3_601_200 * MS);
        assertEquals(16_100, clock.nowMs());
    }

    @Test
    void shouldIgnoreALocalClockThatStepsBack() {
        timed(10_000, 60_000);
        clock.onRecord(1_000 * MS);
        assertEquals(10_000, clock.nowMs());

        timed(10_200, 1_200);
        clock.onRecord(2_200 * MS);
        assertEquals(11_200, clock.nowMs());
    }

    @Test
    void shouldFindAFrameAheadAgainstTheExchangeTimeCarriedWithoutLimit() {
        timed(10_000, 0);

        assertFalse(clock.isAhead(80_000, 60_000 * MS));
        assertTrue(clock.isAhead(80_001, 60_000 * MS));
    }

    private void timed(long exchangeMs, long receiveMs) {
        clock.onExchangeTime(exchangeMs, receiveMs * MS);
        clock.onRecord(receiveMs * MS);
    }
}
