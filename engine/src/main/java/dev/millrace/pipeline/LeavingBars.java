package dev.millrace.pipeline;

import dev.millrace.market.Bar;
import dev.millrace.market.BarSink;
import dev.millrace.market.EmittedBarSink;

/** Where the market's bars go: first into the bar log, with the record that made them, then to the strategies. */
final class LeavingBars implements BarSink {

    private final EmittedBarSink log;
    private final BarSink strategies;
    private long sequence;

    LeavingBars(EmittedBarSink log, BarSink strategies) {
        this.log = log;
        this.strategies = strategies;
    }

    /** Bars that leave from now on are made by this record. */
    void onRecord(long recordSequence) {
        sequence = recordSequence;
    }

    /** The record that makes them. */
    long record() {
        return sequence;
    }

    @Override
    public void onBar(Bar bar) {
        log.onEmitted(bar, sequence);
        strategies.onBar(bar);
    }

    @Override
    public void onBarRevised(Bar bar) {
        log.onEmitted(bar, sequence);
        strategies.onBarRevised(bar);
    }
}
