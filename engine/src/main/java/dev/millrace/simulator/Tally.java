package dev.millrace.simulator;

import dev.millrace.market.Subscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what is sent; written on the event loop, read from any thread. */
final class Tally {

    final LongAdder open = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder controlFrames = new LongAdder();
    private final Map<Subscription, Row> rows = new ConcurrentHashMap<>();

    /** The counters of one subscription. */
    static final class Row {
        private final LongAdder frames = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final LongAdder trades = new LongAdder();

        void add(int payloadBytes, int tradeCount) {
            frames.increment();
            bytes.add(payloadBytes);
            trades.add(tradeCount);
        }

        private SimulatorStats.Sent sent() {
            return new SimulatorStats.Sent(frames.sum(), bytes.sum(), trades.sum());
        }
    }

    Row row(Subscription subscription) {
        return rows.computeIfAbsent(subscription, key -> new Row());
    }

    SimulatorStats stats() {
        Map<Subscription, SimulatorStats.Sent> sent = rows.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, row -> row.getValue().sent()));
        long frames = 0;
        long bytes = 0;
        long trades = 0;
        for (SimulatorStats.Sent row : sent.values()) {
            frames += row.frames();
            bytes += row.bytes();
            trades += row.trades();
        }
        return new SimulatorStats(open.intValue(), accepted.sum(), frames, controlFrames.sum(), bytes, trades, sent);
    }
}
