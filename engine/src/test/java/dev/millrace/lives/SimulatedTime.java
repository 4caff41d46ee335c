package dev.millrace.lives;

import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Monotonic time that only the test moves, and a wall clock that may also step. */
final class SimulatedTime extends Clock implements Ticker {

    static final long NS_PER_MS = 1_000_000L;
    private static final long START_MS = 1_700_000_000_000L;

    private long nowNs;
    private long wallStepMs;

    void advanceMs(long ms) {
        nowNs += ms * NS_PER_MS;
    }

    /** The local wall clock steps; the venue's does not. */
    void stepWall(long ms) {
        wallStepMs += ms;
    }

    /** The venue's time, ms since 1970. */
    long ms() {
        return START_MS + nowNs / NS_PER_MS;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public long initialNanoTime() {
        return 0;
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody sleeps here");
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(ms() + wallStepMs);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
