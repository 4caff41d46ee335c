package dev.millrace.discovery;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The middle of a sorted list, or the mean of the middle two; NaN of nothing. */
final class Median {

    private Median() {}

    static double of(DoubleStream values) {
        double[] sorted = values.toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
