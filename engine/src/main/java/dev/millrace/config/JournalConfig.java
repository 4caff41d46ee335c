package dev.millrace.config;

import java.time.Duration;

/**
 * {@code journal.*}.
 *
 * @param syncInterval how often the journal is forced to disk: what a power loss can cost
 * @param indexInterval records between two entries of the sparse index
 * @param minFree bytes of free disk below which the intake stops; it goes on above one and a half times as much
 * @param compress whether an hour is compressed once it is over
 * @param keep how long a record is kept at least while there is room
 * @param maxBytes size of the closed files above which the oldest go before that; {@link Long#MAX_VALUE} for no limit
 */
public record JournalConfig(
        Duration syncInterval, int indexInterval, long minFree, boolean compress, Duration keep, long maxBytes) {

    /** Room for what enters between two looks at the disk, and for what is touched ahead of the journaller. */
    private static final long LEAST_FREE = 64L << 20;

    public JournalConfig {
        Check.positive("journal.sync-interval", syncInterval);
        Check.range("journal.index-interval", indexInterval, 1, 1 << 24);
        Check.that(minFree >= LEAST_FREE, "journal.min-free", minFree + " B", "must be 64 MiB or more");
        Check.positive("journal.keep", keep);
        Check.range("journal.max-bytes", maxBytes, 1, Long.MAX_VALUE);
    }

    /** Nothing is compressed and nothing deleted; the least room. */
    public static JournalConfig keepingAll(Duration syncInterval, int indexInterval) {
        return new JournalConfig(
                syncInterval, indexInterval, LEAST_FREE, false, Duration.ofNanos(Long.MAX_VALUE), Long.MAX_VALUE);
    }
}
