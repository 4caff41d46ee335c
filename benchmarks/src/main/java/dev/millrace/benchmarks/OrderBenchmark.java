package dev.millrace.benchmarks;

import dev.millrace.config.ClockConfig;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.ResultConfig;
import dev.millrace.order.Coverage;
import dev.millrace.order.TradeWindows;
import dev.millrace.order.VenueClock;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What the order of a trade costs: is it new, what does its frame prove, where is the venue's clock. One trade a frame,
 * {@value #SYMBOLS} symbols in turn, each window as full as {@link #windowTrades} says. The bare limit probes an
 * open-addressing table of as many longs a symbol once.
 */
public class OrderBenchmark extends NanosPerOperation {

    static final int SYMBOLS = 8;
    static final int TRADES = 1_024;

    private static final int CONNECTION = 1;
    private static final long START_MS = 1_756_904_000_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /** Trades that a window holds: a lively coin's ten minutes, and one of the hurried time of a burst. */
    @Param({"6000", "60000"})
    public int windowTrades;

    private VenueClock clock;
    private Coverage coverage;
    private TradeWindows windows;
    private long[][] tables;
    private long stepMs;
    private long next;

    @Setup
    public void prepare() {
        ResultConfig results =
                ConfigLoader.ofProcess().load(List.of(), List.of()).engine().results();
        ClockConfig clockConfig = results.clock();
        clock = new VenueClock(clockConfig);
        coverage = new Coverage(results, clock, symbol -> "C" + symbol, (gap, ns) -> {}, (symbol, basis) -> {});
        windows = new TradeWindows(results.order(), results.bars().revisionWindow());
        long windowMs = results.bars().revisionWindow().toMillis();
        stepMs = Math.max(1, windowMs / windowTrades / SYMBOLS);
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            coverage.onTradesAck(symbol, CONNECTION, START_MS * NS_PER_MS, Long.MIN_VALUE);
        }
        while (next < 2L * windowTrades * SYMBOLS) {
            order();
        }
        fillTables();
    }

    private void fillTables() {
        tables = new long[SYMBOLS][Integer.highestOneBit(windowTrades) * 4];
        for (int i = 0; i < windowTrades * SYMBOLS; i++) {
            long[] table = tables[i % SYMBOLS];
            int slot = slot(table, i + 1L);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = i + 1L;
        }
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public long order() {
        long isNew = 0;
        for (int i = 0; i < TRADES; i++) {
            isNew += offer((int) (next % SYMBOLS), START_MS + next * stepMs, (next * SPREAD) >>> 14);
            next++;
        }
        return isNew;
    }

    private int offer(int symbol, long timeMs, long tid) {
        long receiveNs = timeMs * NS_PER_MS;
        boolean snapshot = coverage.awaitsSnapshot(symbol, CONNECTION, next);
        TradeWindows.Verdict verdict = windows.offer(symbol, timeMs, tid, clock.nowMs());
        if (snapshot) {
            coverage.onSnapshot(
                    symbol,
                    CONNECTION,
                    receiveNs,
                    timeMs,
                    timeMs + 1,
                    false,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    Long.MIN_VALUE);
        }
        clock.onExchangeTime(timeMs, receiveNs);
        coverage.onExchangeTime(CONNECTION, receiveNs, timeMs, !snapshot);
        coverage.onFrame(CONNECTION, receiveNs);
        clock.onRecord(receiveNs);
        coverage.onRecord(receiveNs);
        return verdict == TradeWindows.Verdict.NEW ? 1 : 0;
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public long limit() {
        long found = 0;
        for (int i = 0; i < TRADES; i++) {
            long[] table = tables[(int) (next % SYMBOLS)];
            long key = 1 + next % ((long) windowTrades * SYMBOLS);
            int slot = slot(table, key);
            while (table[slot] != 0 && table[slot] != key) {
                slot = (slot + 1) & (table.length - 1);
            }
            found += table[slot];
            next++;
        }
        return found;
    }

    private static int slot(long[] table, long key) {
        return (int) ((key * SPREAD) >>> 32) & (table.length - 1);
    }
}
