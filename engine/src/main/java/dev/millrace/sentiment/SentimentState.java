package dev.millrace.sentiment;

import dev.millrace.market.SentimentReading;
import java.util.Optional;

/**
 * What is known of the mood.
 *
 * @param reading of the latest day that was told; kept when the source fails
 * @param problem why the last question failed; empty when it did not
 */
public record SentimentState(Optional<SentimentReading> reading, String problem) {

    /** Before the first question. */
    static final SentimentState NOTHING = new SentimentState(Optional.empty(), "");

    private static final long NS_PER_DAY = 86_400_000_000_000L;

    /** Why the reading may no longer be the present one, in words; empty while it is. */
    public String stale(long nowNs) {
        if (!problem.isEmpty()) {
            return "the source fails: " + problem;
        }
        return reading.map(known -> stale(known, nowNs)).orElse("");
    }

    /** A day's value is replaced when the day is over. */
    private static String stale(SentimentReading known, long nowNs) {
        long sinceNs = nowNs - (known.dayMs() * 1_000_000 + NS_PER_DAY);
        return sinceNs < 0 ? "" : "its day has been over for " + hours(sinceNs);
    }

    private static String hours(long ns) {
        long minutes = ns / 60_000_000_000L;
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h";
    }

    SentimentState with(SentimentReading told) {
        Optional<SentimentReading> later = reading.filter(known -> known.dayMs() > told.dayMs());
        return new SentimentState(Optional.of(later.orElse(told)), "");
    }

    SentimentState failing(String why) {
        return new SentimentState(reading, why);
    }
}
