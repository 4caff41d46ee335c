package dev.millrace.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Expected values by hand, from formulas of the definition. */
class ScoreTest {

    @Test
    void shouldBeOneOfADayWithoutFault() {
        Score score =
                Score.of(new Measures(86_400, 0, 0, 1_440, 0, 288, 288, 1_440, 1_440, GapRun.of(0), GapRun.of(0)));
        assertEquals(1, score.q());
    }

    @Test
    void shouldMultiplyItsFactors() {
        // coverage 1 - (864 + .1 * 4320) / 86400 = .985; bad 10 of 1000; aligned 95 of 100; agreed 98 of 100
        Score score =
                Score.of(new Measures(86_400, 864, 4_320, 1_000, 10, 100, 95, 100, 98, GapRun.of(900), GapRun.of(900)));
        assertEquals(.985, score.coverage(), 1e-15);
        assertEquals(.01, score.bad());
        assertEquals(.95, score.aligned());
        assertEquals(.98, score.agreed());
        assertEquals(.985 * .367879441171442 * .95 * .98, score.q(), 1e-15);
    }

    @Test
    void shouldTakeNothingComparedForAgreementAndNothingExpectedForNoCoverage() {
        assertEquals(new Score(0, 0, 1, 1), Score.of(Measures.NONE));
        assertEquals(0, Score.of(Measures.NONE).q());
    }

    @Test
    void shouldCountADayOfCandlesAloneAsNineTenths() {
        assertEquals(
                .9,
                Score.of(new Measures(86_400, 0, 86_400, 0, 0, 0, 0, 0, 0, GapRun.of(86_400), GapRun.of(0)))
                        .q(),
                1e-15);
    }

    @Test
    void shouldFallWithEveryFaultAndNeverJump() {
        double before = 2;
        for (int lost = 0; lost <= 86_400; lost += 60) {
            double q = Score.of(new Measures(86_400, lost, 0, 1, 0, 1, 1, 1, 1, GapRun.of(0), GapRun.of(0)))
                    .q();
            double filled = Score.of(new Measures(86_400, 0, lost, 1, 0, 1, 1, 1, 1, GapRun.of(0), GapRun.of(0)))
                    .q();
            assertTrue(q <= before && before - q < (before > 1 ? 2 : 1e-3), "gap of " + lost);
            assertTrue(filled >= q, "a candle is better than nothing: " + lost);
            before = q;
        }
        assertEquals(0, before);
    }

    @Test
    void shouldFallWithBadRowsAndDifferences() {
        long rows = 10_000;
        for (long faults = 1; faults <= rows; faults++) {
            assertTrue(q(rows, faults, 0, 0) < q(rows, faults - 1, 0, 0), "bad " + faults);
            assertTrue(q(rows, 0, faults, 0) < q(rows, 0, faults - 1, 0), "not aligned " + faults);
            assertTrue(q(rows, 0, 0, faults) < q(rows, 0, 0, faults - 1), "not agreed " + faults);
            assertTrue(q(rows, faults - 1, 0, 0) - q(rows, faults, 0, 0) < .011, "bad jumps at " + faults);
        }
    }

    private static double q(long rows, long bad, long misaligned, long disagreed) {
        return Score.of(new Measures(
                        60,
                        0,
                        0,
                        rows,
                        bad,
                        rows,
                        rows - misaligned,
                        rows,
                        rows - disagreed,
                        GapRun.of(0),
                        GapRun.of(0)))
                .q();
    }

    @Test
    void shouldNameTheState() {
        Score whole = new Score(1, 0, 1, 1);
        assertEquals(State.MISSING, State.of(new Score(0, 0, 1, 1), 86_400, false));
        assertEquals(State.PENDING, State.of(whole, 0, false));
        assertEquals(State.AVAILABLE, State.of(whole, 60, true));
        assertEquals(State.DEGRADED, State.of(whole, 60.001, true));
        assertEquals(State.AVAILABLE, State.of(new Score(.99, 0, 1, 1), 0, true));
        assertEquals(State.DEGRADED, State.of(new Score(.9899, 0, 1, 1), 0, true));
    }

    @Test
    void shouldNameTheEvidence() {
        assertEquals(Evidence.JOURNAL, Evidence.of(1, 0, OptionalLong.of(100), 100));
        assertEquals(Evidence.DIGEST_ONLY, Evidence.of(1, 5, OptionalLong.of(100), 101));
        assertEquals(Evidence.DIGEST_ONLY, Evidence.of(1, 5, OptionalLong.empty(), 1));
        assertEquals(Evidence.CANDLES, Evidence.of(0, 5, OptionalLong.empty(), 1));
        assertEquals(Evidence.NONE, Evidence.of(0, 0, OptionalLong.empty(), 1));
    }
}
