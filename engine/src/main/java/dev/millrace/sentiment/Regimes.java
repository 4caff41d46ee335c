package dev.millrace.sentiment;

import java.util.List;

/**
 * Where the regimes end: by default 0-25 extreme fear, 26-45 fear, 46-54 neutral, 55-75 greed, 76-100 extreme greed.
 *
 * @param limits highest value of each regime but the last, ascending, from 1 to 98
 */
public record Regimes(List<Integer> limits) {

    private static final int LEAST = 0;
    private static final int MOST = 100;

    public Regimes {
        limits = List.copyOf(limits);
        if (limits.size() != Regime.values().length - 1) {
            throw new IllegalArgumentException("limits of five regimes are four, not " + limits);
        }
    }

    /**
     * The regime of a value.
     *
     * @param value 0 to 100
     */
    public Regime of(int value) {
        int regime = 0;
        while (regime < limits.size() && value > limits.get(regime)) {
            regime++;
        }
        return Regime.values()[regime];
    }

    /** 0, the middle of each regime, 100: by default 0, 12.5, 35.5, 50, 65, 88, 100. */
    double[] knots() {
        double[] knots = new double[limits.size() + 3];
        int first = LEAST;
        for (int i = 0; i <= limits.size(); i++) {
            int last = i < limits.size() ? limits.get(i) : MOST;
            knots[i + 1] = (first + last) / 2.0;
            first = last + 1;
        }
        knots[knots.length - 1] = MOST;
        return knots;
    }
}
