package dev.millrace.store;

import dev.millrace.lake.Partition;
import dev.millrace.tables.Dataset;

/**
 * Rows of one partition that the tables hold.
 *
 * @param firstMs exchange time of the earliest of them
 * @param from the first record of the journal that made one of them; 0 where none did
 * @param to the last one
 * @param side from which the partition is read
 * @param writtenTo the journal's record up to which the partition's file holds the rows; −1 when there is no file
 */
record HotDay(Partition partition, long firstMs, long from, long to, Side side, long writtenTo) {

    /** Where a partition is read. */
    enum Side {
        HOT("hot"),
        /** From its file, and from the tables what came behind {@link HotDay#writtenTo}. */
        LAKE("lake");

        private final String label;

        Side(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static String table(Dataset dataset) {
        return dataset == Dataset.OHLCV ? Table.OHLCV_BARS.sqlName() : dataset.label();
    }

    String table() {
        return table(partition.dataset());
    }

    boolean isWritten() {
        return writtenTo >= to;
    }
}
