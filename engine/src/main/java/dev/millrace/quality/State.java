package dev.millrace.quality;

import java.util.Locale;

/** What can be made of a (symbol, timeframe, day). */
public enum State {
    /** Coverage 0. */
    MISSING,
    /** The day is open, its bars may still be revised, or a difference to the exchange has not been read again yet. */
    PENDING,
    /** Q ≥ .99, and no gap longer than 60 s. */
    AVAILABLE,
    /** Anything else. */
    DEGRADED;

    private static final double AVAILABLE_Q = .99;
    private static final double AVAILABLE_GAP_SECONDS = 60;

    /**
     * Judges a day.
     *
     * @param settled whether the day is over, its bars no longer change, and nothing of the cross-check outstanding
     */
    public static State of(Score score, double longestGapSeconds, boolean settled) {
        if (score.coverage() == 0) {
            return MISSING;
        }
        if (!settled) {
            return PENDING;
        }
        return score.q() >= AVAILABLE_Q && longestGapSeconds <= AVAILABLE_GAP_SECONDS ? AVAILABLE : DEGRADED;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
