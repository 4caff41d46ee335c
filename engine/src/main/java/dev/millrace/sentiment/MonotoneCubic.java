package dev.millrace.sentiment;

import java.util.Arrays;

/**
 * The monotone piecewise cubic through given points (PCHIP): F. N. Fritsch and R. E. Carlson, Monotone Piecewise Cubic
 * Interpolation, SIAM J. Numer. Anal. 17 (1980), with the slopes of Fritsch and Butland (1984): the weighted harmonic mean of
 * the neighbouring secants inside, the three-point formula kept to the shape at the ends. It never leaves the range of two
 * neighbouring points, and its first derivative is continuous.
 */
final class MonotoneCubic {

    private final double[] x;
    private final double[] y;
    private final double[] slope;

    /** @param x strictly ascending, three or more */
    MonotoneCubic(double[] x, double[] y) {
        this.x = x.clone();
        this.y = y.clone();
        int last = x.length - 1;
        double[] width = new double[last];
        double[] secant = new double[last];
        for (int i = 0; i < last; i++) {
            width[i] = x[i + 1] - x[i];
            secant[i] = (y[i + 1] - y[i]) / width[i];
        }
        slope = new double[x.length];
        slope[0] = end(width[0], width[1], secant[0], secant[1]);
        for (int i = 1; i < last; i++) {
            slope[i] = inner(width[i - 1], width[i], secant[i - 1], secant[i]);
        }
        slope[last] = end(width[last - 1], width[last - 2], secant[last - 1], secant[last - 2]);
    }

    /** Flat where the direction changes; otherwise the harmonic mean, the nearer secant weighing more. */
    private static double inner(double widthBefore, double widthAfter, double before, double after) {
        if (before * after <= 0) {
            return 0;
        }
        double weightBefore = 2 * widthAfter + widthBefore;
        double weightAfter = widthAfter + 2 * widthBefore;
        return (weightBefore + weightAfter) / (weightBefore / before + weightAfter / after);
    }

    /** Of the parabola through three points, unless that would overshoot. */
    private static double end(double width, double nextWidth, double secant, double nextSecant) {
        double slope = ((2 * width + nextWidth) * secant - width * nextSecant) / (width + nextWidth);
        if (slope * secant <= 0) {
            return 0;
        }
        boolean turns = secant * nextSecant <= 0;
        return turns && Math.abs(slope) > 3 * Math.abs(secant) ? 3 * secant : slope;
    }

    /** Of a position beyond the points: the value at the nearer end. */
    double at(double position) {
        double within = Math.max(x[0], Math.min(x[x.length - 1], position));
        int found = Arrays.binarySearch(x, within);
        if (found >= 0) {
            return y[found];
        }
        int i = -found - 2;
        double width = x[i + 1] - x[i];
        double t = (within - x[i]) / width;
        double rest = 1 - t;
        return rest * rest * ((1 + 2 * t) * y[i] + t * width * slope[i])
                + t * t * ((1 + 2 * rest) * y[i + 1] - rest * width * slope[i + 1]);
    }
}
