package dev.millrace.simulator;

import java.util.Map;
import java.util.Optional;

/** A stretch of time that is asked for, both ends included, ms since 1970. */
record AskedRange(long startMs, long endMs) {

    /** Empty where a time is absent, negative or no integer; only the end may be left out. */
    static Optional<AskedRange> of(Map<?, ?> request) {
        Object end = request.get("endTime");
        if (!(request.get("startTime") instanceof Long start)
                || start < 0
                || !(end == null || (end instanceof Long time && time >= 0))) {
            return Optional.empty();
        }
        return Optional.of(new AskedRange(start, end == null ? Long.MAX_VALUE : (Long) end));
    }
}
