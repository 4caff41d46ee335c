package dev.millrace.tools;

import dev.millrace.Waiting;
import dev.millrace.market.Bar;
import dev.millrace.strategy.Strategy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The last revision of each closed bar. */
final class LastBars implements Strategy {

    private final Map<String, Bar> bars = new HashMap<>();
    private long clockMs;

    @Override
    public synchronized void onBar(Bar bar) {
        bars.put(bar.symbolName + " " + bar.timeframe + " " + bar.startMs, bar.copy());
    }

    @Override
    public void onBarRevised(Bar bar) {
        onBar(bar);
    }

    @Override
    public synchronized void onClock(long venueTimeMs) {
        clockMs = venueTimeMs;
        notifyAll();
    }

    synchronized long clockMs() {
        return clockMs;
    }

    /** By symbol, timeframe and start. */
    synchronized Map<String, Bar> bars() {
        return Map.copyOf(bars);
    }

    synchronized void awaitClock(long untilMs) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.PATIENCE_S);
        while (clockMs < untilMs) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0) {
                throw new AssertionError("the venue's clock stands at " + clockMs + ", awaited " + untilMs);
            }
            wait(leftMs);
        }
    }

    /** All of it but how often it was revised and when it was known. */
    static String facts(Bar bar) {
        Bar copy = bar.copy();
        copy.revision = 0;
        return copy + " " + bar.quoteVolume + " " + bar.buyVolume + " " + bar.firstTimeMs + " " + bar.lastTimeMs;
    }
}
