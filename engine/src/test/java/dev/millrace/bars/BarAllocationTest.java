package dev.millrace.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Bar;
import dev.millrace.market.BarSink;
import dev.millrace.market.Basis;
import dev.millrace.market.CoverageView;
import dev.millrace.market.Timeframe;
import dev.millrace.metrics.Counters;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BarAllocationTest {

    private static final long T0 = 1_756_904_400_000L;
    private static final int SYMBOLS = 20;

    private static final class CountingSink implements BarSink {
        private long bars;
        private long revisions;

        @Override
        public void onBar(Bar bar) {
            bars++;
        }

        @Override
        public void onBarRevised(Bar bar) {
            revisions++;
        }
    }

    /** Proven up to a time that breaks and rejoins move. */
    private static final class EdgeCoverage implements CoverageView {
        private long edgeMs;

        @Override
        public boolean covered(int symbol, Basis basis, long fromMs, long toMs) {
            return toMs <= edgeMs;
        }

        @Override
        public long unresolvedFrom(int symbol, Basis basis) {
            return edgeMs == Long.MAX_VALUE ? Long.MAX_VALUE : edgeMs;
        }
    }

    /** The same records again: what they allocate comes in every round, what the JVM does once in one. */
    private static final int ROUNDS = 3;

    private final CountingSink sink = new CountingSink();
    private final EdgeCoverage coverage = new EdgeCoverage();
    private long clockMs = T0;
    private long random;

    @ParameterizedTest
    @EnumSource(EmptyBars.class)
    void shouldAllocateNothingAfterWarmUp(EmptyBars emptyBars) {
        BarAggregator bars =
                new BarAggregator(config(emptyBars), symbol -> "S" + symbol, coverage, sink, new Counters());
        run(bars);
        run(bars);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long ownCost = threads.getCurrentThreadAllocatedBytes() - before;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least != 0; round++) {
            before = threads.getCurrentThreadAllocatedBytes();
            run(bars);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before - ownCost);
        }
        assertEquals(0, least);
        assertTrue(
                sink.bars > 10_000 && sink.revisions > 5_000,
                () -> sink.bars + " bars, " + sink.revisions + " revisions");
    }

    private static BarsConfig config(EmptyBars emptyBars) {
        return new BarsConfig(
                Stream.of("1s", "1m", "5m").map(Timeframe::parse).toList(),
                List.of(Basis.TRADE, Basis.MID),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                emptyBars);
    }

    private int below(int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) Math.floorMod(random, (long) bound);
    }

    /** 50 minutes of venue time, the same each time: after the first the pools have grown to what it needs. */
    private void run(BarAggregator bars) {
        random = 7;
        for (int i = 0; i < 60_000; i++) {
            int symbol = below(SYMBOLS);
            long lateness = below(10) == 0 ? below(30_000) : below(100);
            bars.onTrade(symbol, clockMs - lateness, 100 + symbol, 5, 8, (i & 1) == 0, clockMs);
            bars.onMid(symbol, clockMs, 100, clockMs);
            clockMs += 50;
            coverage.edgeMs = i % 1_000 < 500 ? Long.MAX_VALUE : clockMs - 1_000;
            if (i % 500 == 0) {
                bars.onCoverageChanged(symbol, Basis.TRADE);
            }
            bars.onClock(clockMs, i);
        }
    }
}
