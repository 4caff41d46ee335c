package dev.millrace.config;

import java.time.Duration;

/**
 * {@code snapshot.*}: the market's state on disk.
 *
 * @param interval receive time between two snapshots
 * @param keep how many are kept
 */
public record SnapshotConfig(Duration interval, int keep) {

    public SnapshotConfig {
        Check.positive("snapshot.interval", interval);
        Check.range("snapshot.keep", keep, 1, 100);
    }
}
