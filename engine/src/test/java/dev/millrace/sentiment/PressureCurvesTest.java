package dev.millrace.sentiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against SciPy's PchipInterpolator, and over a grid. */
class PressureCurvesTest {

    private static final Regimes USUAL = new Regimes(List.of(25, 45, 54, 75));
    /** The steepest secant of the table is .1 over 12: no curve through it that keeps its shape is steeper than 3 times that. */
    private static final double STEEPEST = 3 * 0.1 / 12;

    static Stream<String> expected() throws IOException {
        try (InputStream file = PressureCurvesTest.class.getResourceAsStream("pressures.csv")) {
            return new String(file.readAllBytes(), UTF_8).lines().filter(line -> !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("expected")
    void shouldGiveWhatSciPyGives(String line) {
        String[] fields = line.split(";", -1);
        List<Integer> limits =
                Arrays.stream(fields[0].split(" ", -1)).map(Integer::valueOf).toList();
        double[] pressures = at(new Regimes(limits), Double.parseDouble(fields[1]));
        for (int i = 0; i < pressures.length; i++) {
            assertEquals(Double.parseDouble(fields[i + 2]), pressures[i], 1e-14, line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"25 45 54 75", "1 2 3 4", "95 96 97 98", "1 2 97 98"})
    void shouldBeContinuousAndKeepToItsRange(String limits) {
        Regimes regimes = new Regimes(
                Arrays.stream(limits.split(" ", -1)).map(Integer::valueOf).toList());
        PressureCurves curves = new PressureCurves(regimes);
        double step = 1.0 / 1024;
        double[] before = values(curves.at(0));
        // Between knots half a value apart a curve may be steeper than a value's step shows.
        double most = 3 * 0.2 / 0.5 * step;
        for (double v = step; v <= 100; v += step) {
            double[] now = values(curves.at(v));
            for (int i = 0; i < now.length; i++) {
                assertTrue(Math.abs(now[i] - before[i]) <= most, "a jump at " + v);
                assertTrue(now[i] >= 0.1 - 1e-12 && now[i] <= 0.9 + 1e-12, "out of range at " + v);
            }
            before = now;
        }
    }

    @Test
    void shouldRiseAndFallOnlyWhereTheTableDoes() {
        double step = 1.0 / 64;
        double[] before = at(USUAL, 0);
        for (double v = step; v <= 100; v += step) {
            double[] now = at(USUAL, v);
            int turned = v <= 50 ? 1 : -1;
            assertTrue((before[0] - now[0]) * turned >= -1e-15, "contrarian bias at " + v);
            assertTrue((now[1] - before[1]) * turned >= -1e-15, "momentum bias at " + v);
            for (int i = 2; i < now.length; i++) {
                assertTrue(now[i] <= before[i] + 1e-15, "pressure " + i + " at " + v);
                assertTrue(before[i] - now[i] <= STEEPEST * step, "too steep at " + v);
            }
            before = now;
        }
    }

    @Test
    void shouldStayAtTheEndsBeyondThem() {
        assertEquals(new PressureCurves(USUAL).at(0), new PressureCurves(USUAL).at(-5));
        assertEquals(new PressureCurves(USUAL).at(100), new PressureCurves(USUAL).at(105));
    }

    private static double[] at(Regimes regimes, double value) {
        return values(new PressureCurves(regimes).at(value));
    }

    private static double[] values(EnvironmentalPressures of) {
        return new double[] {
            of.contrarianBias(), of.momentumBias(), of.volatilityTolerance(), of.positionSizing(), of.holdingPeriod()
        };
    }
}
