package dev.millrace.quality;

/** Adds up what is missing, minute after minute, in seconds. */
final class Missing {

    private double gapSeconds;
    private double candleSeconds;
    private GapRun longest = GapRun.NONE;
    private GapRun longestUnrepaired = GapRun.NONE;

    /** The next minute lacks nothing. */
    void whole() {
        longest = longest.then(GapRun.BREAK);
        longestUnrepaired = longestUnrepaired.then(GapRun.BREAK);
    }

    /**
     * The next minute lacks something.
     *
     * @param filled whether the exchange's candle is there
     */
    void add(double seconds, boolean filled) {
        GapRun minute = GapRun.of(seconds);
        longest = longest.then(minute);
        longestUnrepaired = longestUnrepaired.then(filled ? GapRun.BREAK : minute);
        if (filled) {
            candleSeconds += seconds;
        } else {
            gapSeconds += seconds;
        }
    }

    double gapSeconds() {
        return gapSeconds;
    }

    double candleSeconds() {
        return candleSeconds;
    }

    GapRun longest() {
        return longest;
    }

    GapRun longestUnrepaired() {
        return longestUnrepaired;
    }
}
