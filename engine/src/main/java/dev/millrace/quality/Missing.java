package dev.millrace.quality;

/** Adds up what is missing, minute after minute, in seconds. */
final class Missing {

    private double gapSeconds;
    private double candleSeconds;
    private double run;
    private double unrepairedRun;
    private double longest;
    private double longestUnrepaired;

    /** The next minute lacks nothing. */
    void whole() {
        run = 0;
        unrepairedRun = 0;
    }

    /**
     * The next minute lacks something.
     *
     * @param filled whether the exchange's candle is there
     */
    void add(double seconds, boolean filled) {
        run += seconds;
        longest = Math.max(longest, run);
        if (filled) {
            candleSeconds += seconds;
            unrepairedRun = 0;
        } else {
            gapSeconds += seconds;
            unrepairedRun += seconds;
            longestUnrepaired = Math.max(longestUnrepaired, unrepairedRun);
        }
    }

    double gapSeconds() {
        return gapSeconds;
    }

    double candleSeconds() {
        return candleSeconds;
    }

    double longest() {
        return longest;
    }

    double longestUnrepaired() {
        return longestUnrepaired;
    }
}
