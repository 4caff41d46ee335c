package dev.millrace.pipeline;

import dev.millrace.market.NanoClock;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Receive time: a wall-clock anchor plus monotonic time, so that it never steps between two anchors. Renewing the anchor is
 * a journaled event. Any thread.
 */
public final class LocalClock implements NanoClock {

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final InstantSource wall;
    private final LongSupplier monotonicNs;
    private volatile long offsetNs;

    public LocalClock(InstantSource wall, LongSupplier monotonicNs) {
        this.wall = wall;
        this.monotonicNs = monotonicNs;
        offsetNs = measureOffsetNs();
    }

    /** The machine's clocks. */
    public static LocalClock system() {
        return new LocalClock(Clock.systemUTC(), System::nanoTime);
    }

    @Override
    public long nowNs() {
        return offsetNs + monotonicNs.getAsLong();
    }

    /** Takes the wall clock's word again; gives the step in ns. */
    public long anchor() {
        long before = offsetNs;
        long now = measureOffsetNs();
        offsetNs = now;
        return now - before;
    }

    private long measureOffsetNs() {
        Instant instant = wall.instant();
        return instant.getEpochSecond() * NS_PER_SECOND + instant.getNano() - monotonicNs.getAsLong();
    }
}
