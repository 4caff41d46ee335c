package dev.millrace.pipeline;

import dev.millrace.market.Gap;
import dev.millrace.market.GapSink;
import dev.millrace.market.TickSink;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.strategy.StrategyHost;

/** Where what the market derives goes. Market thread. */
final class Outputs {

    final StrategyHost strategies;
    final LeavingBars bars;
    final TickSink ticks;
    final Counters counters;
    final Arrivals arrivals;
    private final GapSink gapSink;
    private final Counter gaps;

    Outputs(StrategyHost strategies, LeavingBars bars, TickSink ticks, GapSink gapSink, Counters counters) {
        this.strategies = strategies;
        this.bars = bars;
        this.ticks = ticks;
        this.gapSink = gapSink;
        arrivals = new Arrivals(counters);
        this.counters = counters;
        gaps = counters.counter("order.gaps", "Gap reports");
    }

    /** The sequence of the record that is being applied. */
    long record() {
        return bars.record();
    }

    void tell(Trade trade) {
        ticks.onTrade(trade, record());
        strategies.onTrade(trade);
    }

    void report(Gap gap, long receiveNs) {
        gaps.increment();
        gapSink.onGap(gap, receiveNs);
        ticks.onGap(gap, receiveNs, record());
        strategies.onGap(gap);
    }
}
