package dev.millrace.store;

import java.time.Duration;

/**
 * How much one query may take.
 *
 * @param rows most rows that are given; at least 1
 * @param time after which it is ended, the wait for its turn included
 */
public record Limits(long rows, Duration time) {

    public Limits {
        if (rows < 1) {
            throw new RefusedException("a limit of " + rows + " rows gives nothing; ask for 1 or more");
        }
        if (time.isNegative() || time.isZero()) {
            throw new RefusedException("a time limit of " + time + " gives nothing; ask for more");
        }
    }
}
