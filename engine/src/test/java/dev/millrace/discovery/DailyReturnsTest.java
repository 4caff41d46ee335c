package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DailyReturnsTest {

    /** Anscombe, Graphs in Statistical Analysis (1973), first of the four sets; its published correlation is .816. */
    private static final double[] X = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};

    private static final double[] Y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};

    @Test
    void shouldCorrelateAsPublished() {
        DailyReturns x = Samples.returns(X);
        DailyReturns y = Samples.returns(Y);
        assertEquals(.81642, x.correlation(y, 11), 5e-6);
        assertEquals(.81642, y.correlation(x, 11), 5e-6);
        assertEquals(1, x.correlation(x, 11), 1e-12);
    }

    /** The textbook's 2 4 4 4 5 5 7 9: squares of differences from 5 sum to 32, over 7 is 4.571429, its root 2.138090. */
    @Test
    void shouldTakeTheSampleDeviation() {
        assertEquals(2.138089935, Samples.returns(2, 4, 4, 4, 5, 5, 7, 9).deviation(), 1e-9);
        assertTrue(Double.isNaN(Samples.returns(2).deviation()));
        assertTrue(Double.isNaN(Samples.returns().deviation()));
    }

    @Test
    void shouldCountTooFewCommonDaysOrNoMovementAsAlike() {
        DailyReturns x = Samples.returns(X);
        assertEquals(1, x.correlation(Samples.returns(Y), 12));
        assertEquals(1, x.correlation(Samples.returns(new double[11]), 11));
    }

    @Test
    void shouldGiveNoReturnOverAMissingDay() {
        DailyReturns returns =
                new DailyReturns(new TreeMap<>(Map.of(1L, 100.0, 2L, 110.0, 4L, 200.0, 5L, 220.0, 6L, 242.0)));
        assertEquals(3, returns.count());
        assertEquals(0, returns.deviation(), 1e-12, "each of the three is ln 1.1");
    }
}
