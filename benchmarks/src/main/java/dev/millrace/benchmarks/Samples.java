package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measured values of one thing, of any unit. One thread. */
public final class Samples {

    private static final double MS = 1e6;

    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    /** Adds the milliseconds since a {@link System#nanoTime}. */
    public void addMsSince(long startNs) {
        add((System.nanoTime() - startNs) / MS);
    }

    public int count() {
        return values.size();
    }

    public double median() {
        return percentile(50);
    }

    public double max() {
        return Collections.max(values);
    }

    /** The least value that so many of a hundred do not exceed. */
    public double percentile(double percent) {
        List<Double> sorted = values.stream().sorted().toList();
        int place = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
        return sorted.get(Math.max(0, place));
    }

    /** Median, p99 and maximum as cells of a table. */
    public String cells() {
        return String.format(Locale.ROOT, "%,.2f | %,.2f | %,.2f", median(), percentile(99), max());
    }
}
