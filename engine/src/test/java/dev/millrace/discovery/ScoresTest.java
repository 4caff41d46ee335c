package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.AssetScores;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScoresTest {

    private static final double NEAR = 1e-12;
    /** Geometric means of the limits, where each L is one half. */
    private static final double HALF_USD = Math.sqrt(1e15);

    private static final double HALF_DEPTH = Math.sqrt(2e10);
    private static final double HALF_SPREAD = Math.sqrt(20);

    private final Scores scores = new Scores(Samples.SCORES);

    /** What the definition states in words, and what follows from it by hand. */
    @ParameterizedTest
    @CsvSource({
        ".03, 1",
        ".06, 1",
        ".0424, 1",
        ".015, .5",
        ".12, .5",
        ".0075, 0",
        ".24, 0",
        ".001, 0",
        "1, 0",
        "0, 0",
        "NaN, 0"
    })
    void shouldScoreTheVolatilityOfADay(double deviation, double expected) {
        assertEquals(expected, scores.volatility(deviation), NEAR);
    }

    /** By hand: the exponents sum to 1, so halves give a half; .5^.35 = .784584, .5^.30 = .812252 and so on. */
    @Test
    void shouldWeighTheFourPartsOfLiquidity() {
        assertEquals(.5, liquidity(HALF_USD, HALF_DEPTH, HALF_SPREAD, HALF_USD), NEAR);
        assertEquals(1, liquidity(1e9, 2e6, 1, 1e9), NEAR);
        assertEquals(1, liquidity(5e10, 9e6, .1, 7e9), NEAR);
        assertEquals(.784584097896752, liquidity(HALF_USD, 2e6, 1, 1e9), NEAR);
        assertEquals(.812252396356236, liquidity(1e9, HALF_DEPTH, 1, 1e9), NEAR);
        assertEquals(.870550563296124, liquidity(1e9, 2e6, HALF_SPREAD, 1e9), NEAR);
        assertEquals(.901250462610831, liquidity(1e9, 2e6, 1, HALF_USD), NEAR);
    }

    @Test
    void shouldBeZeroWhereOnePartIsZeroOrUnknown() {
        assertEquals(0, liquidity(1e6, 2e6, 1, 1e9));
        assertEquals(0, liquidity(1e9, 1e4, 1, 1e9));
        assertEquals(0, liquidity(1e9, 2e6, 20, 1e9));
        assertEquals(0, liquidity(1e9, 2e6, 1, 1e6));
        assertEquals(0, liquidity(1e9, 2e6, Double.NaN, 1e9));
        assertEquals(0, liquidity(Double.NaN, 2e6, 1, 1e9));
    }

    /** .5^.6 · .5^.4 = .5; .5^.6 = .659754; .5^.4 = .757858. */
    @Test
    void shouldJoinLiquidityAndVolatility() {
        assertEquals(.5, of(HALF_USD, HALF_DEPTH, HALF_SPREAD, HALF_USD, .015).composite(), NEAR);
        assertEquals(
                .659753955386447,
                of(HALF_USD, HALF_DEPTH, HALF_SPREAD, HALF_USD, .04).composite(),
                NEAR);
        assertEquals(.757858283255199, of(1e9, 2e6, 1, 1e9, .12).composite(), NEAR);
    }

    record Curve(String name, double from, double to, int direction, DoubleUnaryOperator composite) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Curve> curves() {
        Scores scores = new Scores(Samples.SCORES);
        return Stream.of(
                new Curve("volume", 5e5, 2e9, 1, x -> composite(scores, x, 5e5, 3, 5e7, .04)),
                new Curve("depth", 5e3, 4e6, 1, x -> composite(scores, 5e7, x, 3, 5e7, .04)),
                new Curve("spread", .5, 40, -1, x -> composite(scores, 5e7, 5e5, x, 5e7, .04)),
                new Curve("open interest", 5e5, 2e9, 1, x -> composite(scores, 5e7, 5e5, 3, x, .04)),
                new Curve("rising volatility", .004, .04, 1, x -> composite(scores, 5e7, 5e5, 3, 5e7, x)),
                new Curve("falling volatility", .04, .5, -1, x -> composite(scores, 5e7, 5e5, 3, 5e7, x)));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void shouldBeMonotone(Curve curve) {
        double before = curve.direction() > 0 ? -1 : 2;
        for (double x : grid(curve, 5_000)) {
            double now = curve.composite().applyAsDouble(x);
            assertTrue(curve.direction() * (now - before) >= 0, curve + " at " + x + ": " + before + " to " + now);
            before = now;
        }
    }

    /** A jump stays as high however fine the grid is; where there is none, the greatest step shrinks with the grid. */
    @ParameterizedTest
    @MethodSource("curves")
    void shouldNotJump(Curve curve) {
        double coarse = greatestStep(curve, 200);
        double fine = greatestStep(curve, 200_000);
        assertTrue(fine < coarse / 1.5, curve + ": " + coarse + ", then " + fine);
    }

    private static double greatestStep(Curve curve, int points) {
        double greatest = 0;
        double before = curve.composite().applyAsDouble(curve.from());
        for (double x : grid(curve, points)) {
            double now = curve.composite().applyAsDouble(x);
            greatest = Math.max(greatest, Math.abs(now - before));
            before = now;
        }
        return greatest;
    }

    private static double[] grid(Curve curve, int points) {
        double[] grid = new double[points];
        for (int i = 0; i < points; i++) {
            grid[i] = curve.from() * Math.pow(curve.to() / curve.from(), (double) i / (points - 1));
        }
        return grid;
    }

    private double liquidity(double volume, double depth, double spread, double openInterest) {
        return scores.liquidity(Samples.measures(volume, depth, spread, openInterest, .04));
    }

    private AssetScores of(double volume, double depth, double spread, double openInterest, double deviation) {
        return scores.of(Samples.measures(volume, depth, spread, openInterest, deviation));
    }

    private static double composite(Scores scores, double v, double d, double s, double o, double deviation) {
        return scores.of(Samples.measures(v, d, s, o, deviation)).composite();
    }
}
