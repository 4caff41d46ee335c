package dev.millrace.rest;

import java.time.Duration;

/**
 * Whose call goes first where the budget does not suffice for all. A call is overtaken only by those that came less than
 * the difference of the two patiences after it, so none waits for ever.
 */
public enum Priority {
    /** What a start, or a change of the universe, waits for. */
    START(Duration.ZERO),
    /** Closing a gap, comparing a candle, what a person waits for. */
    REPAIR(Duration.ofSeconds(10)),
    /** History, which can wait. */
    COLLECTION(Duration.ofMinutes(5));

    private final long patienceNs;

    Priority(Duration patience) {
        patienceNs = patience.toNanos();
    }

    long patienceNs() {
        return patienceNs;
    }
}
