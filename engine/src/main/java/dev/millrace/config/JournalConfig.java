package dev.millrace.config;

import java.time.Duration;

/**
 * {@code journal.*}.
 *
 * @param syncInterval how often the journal is forced to disk: what a power loss can cost
 * @param indexInterval records between two entries of the sparse index
 */
public record JournalConfig(Duration syncInterval, int indexInterval) {

    public JournalConfig {
        Check.positive("journal.sync-interval", syncInterval);
        Check.range("journal.index-interval", indexInterval, 1, 1 << 24);
    }
}
