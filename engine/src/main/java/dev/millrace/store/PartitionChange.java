package dev.millrace.store;

import dev.millrace.lake.Partition;

/**
 * What a rebuild found of a partition, and what it left, both sides together.
 *
 * @param before the rows that were there
 * @param after those that are there now
 */
public record PartitionChange(Partition partition, Rows before, Rows after) {

    /**
     * Rows of a partition.
     *
     * @param digest see {@link dev.millrace.tables.RowDigest}
     */
    public record Rows(long count, String digest) {}

    public boolean isChanged() {
        return !before.equals(after);
    }
}
