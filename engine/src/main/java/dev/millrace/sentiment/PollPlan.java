package dev.millrace.sentiment;

import java.time.Duration;
import java.util.OptionalLong;

/** When to ask next, and for how many days. One thread. */
final class PollPlan {

    /** Today's value and yesterday's, which may have been corrected. */
    private static final int DAYS = 2;

    private static final long NS_PER_DAY = 86_400_000_000_000L;
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 10;
    /** Behind the time that the source announces. */
    private static final Duration AFTER_UPDATE = Duration.ofSeconds(5);

    private final Duration interval;
    private long succeededNs = -1;
    private int failures;

    PollPlan(Duration interval) {
        this.interval = interval;
    }

    /** So many that nothing is missed that came since the last reply. */
    long days(long nowNs) {
        return succeededNs < 0 ? DAYS : DAYS + Math.max(0, nowNs - succeededNs) / NS_PER_DAY;
    }

    /** Until the next question, after a reply. */
    Duration succeeded(long nowNs, OptionalLong secondsUntilUpdate) {
        succeededNs = nowNs;
        failures = 0;
        if (secondsUntilUpdate.isEmpty()) {
            return interval;
        }
        Duration update = Duration.ofSeconds(secondsUntilUpdate.getAsLong()).plus(AFTER_UPDATE);
        return shorter(interval, update.compareTo(FIRST_RETRY) < 0 ? FIRST_RETRY : update);
    }

    /** Until the next question, after a failure: a minute, two, four, up to the interval. */
    Duration failed() {
        Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return shorter(interval, retry);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
