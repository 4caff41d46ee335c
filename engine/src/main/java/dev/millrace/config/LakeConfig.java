package dev.millrace.config;

import java.time.Duration;

/**
 * {@code lake.*}: closed days as Parquet files.
 *
 * @param compression of the pages
 * @param rollInterval time between two looks for days that are due
 * @param hourly whether the closed hours of the day under way are written too
 * @param keep age of a day beyond which its files are deleted; the longest duration for never
 */
public record LakeConfig(PageCompression compression, Duration rollInterval, boolean hourly, Duration keep) {

    public LakeConfig {
        Check.positive("lake.roll-interval", rollInterval);
        Check.positive("lake.keep", keep);
    }

    /** How pages are packed. */
    public enum PageCompression {
        ZSTD,
        SNAPPY
    }
}
