package dev.millrace.simulator;

/**
 * How often the clocked channels are sent, in ms of exchange time.
 *
 * @param slowBookMs books of 20 levels
 * @param fastBookMs books of 5 levels
 * @param midsMs allMids
 * @param contextMs asset contexts
 */
public record Cadence(long slowBookMs, long fastBookMs, long midsMs, long contextMs) {

    public Cadence {
        if (slowBookMs < 1 || fastBookMs < 1 || midsMs < 1 || contextMs < 1) {
            throw new IllegalArgumentException("a cadence must be at least 1 ms");
        }
    }

    /** As measured at the venue in September 2026. */
    public static Cadence venue() {
        return new Cadence(5_000, 500, 5_000, 1_000);
    }

    /** Quicker, for watching. */
    public static Cadence lively() {
        return new Cadence(500, 250, 1_000, 1_000);
    }
}
