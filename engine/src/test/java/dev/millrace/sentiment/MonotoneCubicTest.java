package dev.millrace.sentiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Expected values: scipy 1.17.1, PchipInterpolator, at points whose ends would overshoot. */
class MonotoneCubicTest {

    @Test
    void shouldKeepTheEndsToTheShape() {
        assertValues(
                new MonotoneCubic(new double[] {0, 1, 2, 3}, new double[] {0, 10, -1, 5}),
                4.4453125,
                7.5625,
                4.5,
                -0.8399999999999997,
                2.0234375);
        assertValues(
                new MonotoneCubic(new double[] {0, 1, 4, 9}, new double[] {0, 1, 20, 3}),
                0.08403716216216216,
                0.30743243243243246,
                2.942317317317317,
                8.353513513513514,
                13.32105543043043);
        assertValues(
                new MonotoneCubic(new double[] {0, 2, 3}, new double[] {0, 0.1, 5}),
                0.0012594458438287155,
                0.00521095717884131,
                0.053132871536523935,
                0.4152853064651559,
                3.32317577141058);
    }

    private static void assertValues(MonotoneCubic curve, double... expected) {
        double[] actual =
                DoubleStream.of(0.25, 0.5, 1.5, 2.2, 2.75).map(curve::at).toArray();
        assertArrayEquals(expected, actual, 1e-13);
    }
}
