package dev.millrace.config;

import java.time.Duration;

/**
 * {@code store.*}: the tables behind the journal.
 *
 * @param flushInterval at most this long rows wait before they are committed
 * @param flushRows rows that are committed without waiting longer
 * @param flushBytes likewise, bytes that they take in memory
 * @param memoryLimit bytes that the database may use; a query that needs more spills to disk
 * @param threads of the database
 * @param keep age of a day beyond which it is read from the lake and leaves the tables
 * @param spillLimit bytes of disk that spilling queries may use
 * @param fullBooks whether every level of every book is kept, beside the best of each side
 */
public record StoreConfig(
        Duration flushInterval,
        int flushRows,
        long flushBytes,
        Duration keep,
        long memoryLimit,
        int threads,
        long spillLimit,
        boolean fullBooks) {

    /** The database cannot work with less. */
    private static final long LEAST_MEMORY = 64L << 20;

    public StoreConfig {
        Check.positive("store.flush-interval", flushInterval);
        Check.range("store.flush-rows", flushRows, 1, 10_000_000);
        Check.range("store.flush-bytes", flushBytes, 1, 1L << 30);
        Check.notNegative("store.keep", keep);
        Check.that(memoryLimit >= LEAST_MEMORY, "store.memory-limit", memoryLimit + " B", "must be 64 MiB or more");
        Check.range("store.threads", threads, 1, 256);
        Check.range("store.spill-limit", spillLimit, 0, Long.MAX_VALUE);
    }
}
