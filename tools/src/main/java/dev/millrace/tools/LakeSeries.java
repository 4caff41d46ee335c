package dev.millrace.tools;

import dev.millrace.lake.Partition;
import dev.millrace.tables.Dataset;
import java.time.LocalDate;

/** The partitions of one symbol in one dataset, in sum. */
record LakeSeries(Dataset dataset, String symbol, LocalDate first, LocalDate last, long days, long rows, long bytes) {

    LakeSeries(Partition partition, long rows, long bytes) {
        this(partition.dataset(), partition.symbol(), partition.date(), partition.date(), 1, rows, bytes);
    }

    /** With a later day. */
    LakeSeries and(LakeSeries later) {
        return new LakeSeries(
                dataset, symbol, first, later.last, days + later.days, rows + later.rows, bytes + later.bytes);
    }
}
