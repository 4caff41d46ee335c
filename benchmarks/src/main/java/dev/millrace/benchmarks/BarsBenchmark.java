package dev.millrace.benchmarks;

import dev.millrace.bars.BarAggregator;
import dev.millrace.config.BarsConfig;
import dev.millrace.config.ConfigLoader;
import dev.millrace.market.Bar;
import dev.millrace.market.BarSink;
import dev.millrace.market.Basis;
import dev.millrace.market.CoverageView;
import dev.millrace.metrics.Counters;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What a trade costs in bars: into its bucket of every timeframe, then the clock, with the closing of bars in it; {@value
 * #SYMBOLS} symbols in turn, {@value #STEP_MS} ms of exchange time a trade. The bare limit adds the same trade to plain
 * sums of as many timeframes and never closes.
 */
public class BarsBenchmark extends NanosPerOperation {

    static final int SYMBOLS = 8;
    static final int STEP_MS = 10;
    static final int TRADES = 1_024;

    private static final long START_MS = 1_756_904_000_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long PRICE = 84_143_00000000L;
    private static final long SIZE = 1_250_0000L;
    /** What is kept for each sum of the bare limit: high, low, close, volume, quote, bought, count. */
    private static final int FIELDS = 7;

    @Param({"1s,1m", "1s,1m,5m,15m,1h,4h,1d"})
    public String timeframes;

    private BarAggregator bars;
    private long[] sums;
    private int frames;
    private long next;

    @Setup
    public void prepare() {
        BarsConfig config = ConfigLoader.ofProcess()
                .load(List.of(), List.of("bars.timeframes=[" + timeframes + "]"))
                .engine()
                .results()
                .bars();
        bars = new BarAggregator(config, symbol -> "C" + symbol, new Covered(), new NoSink(), new Counters());
        frames = config.timeframes().size();
        sums = new long[SYMBOLS * frames * FIELDS];
        // Past the revision window, so that pools are as large as they get.
        long fullMs = config.revisionWindow().toMillis() * 2;
        while (next * STEP_MS < fullMs) {
            bars();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public long bars() {
        for (int i = 0; i < TRADES; i++) {
            long timeMs = START_MS + next * STEP_MS;
            bars.onTrade((int) (next % SYMBOLS), timeMs, price(next), SIZE, 8, (next & 1) == 0, timeMs - STEP_MS);
            bars.onClock(timeMs, timeMs * NS_PER_MS);
            next++;
        }
        return next;
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public long limit() {
        for (int i = 0; i < TRADES; i++) {
            int at = (int) (next % SYMBOLS) * frames * FIELDS;
            for (int frame = 0; frame < frames; frame++, at += FIELDS) {
                add(at, price(next), (next & 1) == 0);
            }
            next++;
        }
        return sums[0];
    }

    private void add(int at, long price, boolean buy) {
        sums[at] = Math.max(sums[at], price);
        sums[at + 1] = Math.min(sums[at + 1], price);
        sums[at + 2] = price;
        sums[at + 3] += SIZE;
        sums[at + 4] += price * SIZE;
        sums[at + 5] += buy ? SIZE : 0;
        sums[at + 6]++;
    }

    private static long price(long trade) {
        return PRICE + trade % 97 * 1_000_000;
    }

    private static final class Covered implements CoverageView {

        @Override
        public boolean covered(int symbol, Basis basis, long fromMs, long toMs) {
            return true;
        }

        @Override
        public long unresolvedFrom(int symbol, Basis basis) {
            return Long.MAX_VALUE;
        }
    }

    private static final class NoSink implements BarSink {

        @Override
        public void onBar(Bar bar) {}

        @Override
        public void onBarRevised(Bar bar) {}
    }
}
