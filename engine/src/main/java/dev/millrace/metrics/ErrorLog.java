package dev.millrace.metrics;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Exceptions by kind: a fault that repeats a thousand times a second is one entry with a count. For exceptions only,
 * which are bugs; bad data has counters. Any thread.
 */
public final class ErrorLog {

    /** More kinds than anyone reads; those beyond share the last entry. */
    private static final int MAX_KINDS = 256;

    private static final Kind OVERFLOW = new Kind("elsewhere", "more than " + MAX_KINDS + " kinds", "");

    private final InstantSource clock;
    private final Map<Kind, Entry> entries = new LinkedHashMap<>();

    public ErrorLog(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One kind of error.
     *
     * @param where the component that caught it
     * @param type the exception's class
     * @param message of the first one; its class's name when it has none
     * @param count how many came
     */
    public record Entry(String where, String type, String message, long count, Instant first, Instant last) {

        private Entry again(Instant now) {
            return new Entry(where, type, message, count + 1, first, now);
        }
    }

    private record Kind(String where, String type, String frame) {}

    /**
     * Counts an exception.
     *
     * @return true for the first of its kind, whose stack trace is worth a log line
     */
    public synchronized boolean record(String where, Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        Kind kind = new Kind(where, error.getClass().getName(), trace.length == 0 ? "" : trace[0].toString());
        if (!entries.containsKey(kind) && entries.size() >= MAX_KINDS) {
            kind = OVERFLOW;
        }
        Instant now = clock.instant();
        Entry known = entries.get(kind);
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        entries.put(kind, known == null ? new Entry(kind.where, kind.type, message, 1, now, now) : known.again(now));
        return known == null;
    }

    /** All kinds, in the order of their first occurrence. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
