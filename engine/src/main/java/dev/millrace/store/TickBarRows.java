package dev.millrace.store;

import dev.millrace.market.Bar;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.metrics.Counters;

/** Bars of a day that were made from ticks. One thread. */
public final class TickBarRows implements EmittedBarSink {

    private final Batch batch = new Batch();
    private final RowCollector rows = new RowCollector(new Counters());

    public TickBarRows() {
        rows.begin(batch);
    }

    @Override
    public void onEmitted(Bar bar, long sequence) {
        rows.onEmitted(bar, sequence);
    }

    public boolean isEmpty() {
        return batch.rows() == 0;
    }

    RowBuffer of(Table table) {
        return batch.of(table);
    }
}
