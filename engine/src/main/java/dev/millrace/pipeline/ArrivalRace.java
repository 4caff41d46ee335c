package dev.millrace.pipeline;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.LatencyHistogram;

/** Of one kind of frame that comes over two connections: how far apart, and over which first. Market thread. */
final class ArrivalRace {

    private final LatencyHistogram difference = new LatencyHistogram();
    private final Counter olderFirst;
    private final Counter newerFirst;

    ArrivalRace(String name, Counters counters) {
        olderFirst = counters.counter(
                "arrivals." + name + ".older-first",
                "Copies that came over the connection that was opened first, first");
        newerFirst = counters.counter(
                "arrivals." + name + ".newer-first",
                "Copies that came over the connection that was opened last, first");
    }

    void onBoth(int firstConnection, long firstNs, int secondConnection, long secondNs) {
        difference.record(Math.abs(secondNs - firstNs));
        (firstConnection < secondConnection ? olderFirst : newerFirst).increment();
    }

    LatencyHistogram difference() {
        return difference;
    }
}
