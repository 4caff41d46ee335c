package dev.millrace.config;

import java.time.Duration;

/** Durations as the configuration writes them. */
final class Durations {

    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us"};
    private static final long[] NANOS = {
        86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L
    };

    private Durations() {}

    /** Exact, in the largest unit that needs no fraction: {@code 500 ms}, {@code 10 m}. */
    static String text(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0 s";
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (nanos % NANOS[i] == 0) {
                return nanos / NANOS[i] + " " + UNITS[i];
            }
        }
        return nanos + " ns";
    }
}
