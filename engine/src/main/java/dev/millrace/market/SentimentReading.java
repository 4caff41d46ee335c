package dev.millrace.market;

/**
 * A day's value of a sentiment index, as its source told it.
 *
 * @param dayMs the day it is of: its start, ms since 1970
 * @param value 0, extreme fear, to 100, extreme greed
 * @param classification the source's own words for it
 * @param receiveNs when it was told, ns since 1970
 */
public record SentimentReading(long dayMs, int value, String classification, long receiveNs) {

    private static final long NS_PER_MS = 1_000_000;
    private static final long MS_PER_DAY = 86_400_000;

    /**
     * From when on a decision could have used it, ns since 1970: the time of receipt when it was read on its own day, the
     * end of that day, when it had become final, when it was read later.
     */
    public long usableFromNs() {
        return Math.min(receiveNs, (dayMs + MS_PER_DAY) * NS_PER_MS);
    }

    /** Whether the source says the same of the same day. */
    public boolean isLike(SentimentReading other) {
        return dayMs == other.dayMs && value == other.value && classification.equals(other.classification);
    }
}
