package dev.millrace.quality;

/**
 * A stretch of time, and when it was told.
 *
 * @param fromMs first millisecond
 * @param toMs end, exclusive
 * @param receivedNs 0 where it does not matter
 */
public record Stretch(long fromMs, long toMs, long receivedNs) {

    boolean covers(long startMs, long endMs) {
        return fromMs <= startMs && endMs <= toMs;
    }

    /** How much of {@code [startMs, endMs)} it holds. */
    Stretch within(long startMs, long endMs) {
        long from = Math.max(fromMs, startMs);
        return new Stretch(from, Math.max(from, Math.min(toMs, endMs)), receivedNs);
    }
}
