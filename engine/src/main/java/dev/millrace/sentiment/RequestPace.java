package dev.millrace.sentiment;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Keeps questions apart. One thread. */
final class RequestPace {

    private final long leastNs;
    private final LongSupplier monotonicNs;
    private final Pause pause;
    private boolean begun;
    private long lastNs;

    /** Passes time. */
    @FunctionalInterface
    interface Pause {
        void ns(long duration) throws InterruptedException;
    }

    RequestPace(Duration least, LongSupplier monotonicNs, Pause pause) {
        leastNs = least.toNanos();
        this.monotonicNs = monotonicNs;
        this.pause = pause;
    }

    static RequestPace of(Duration least) {
        return new RequestPace(least, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    /** Returns once the next question may be asked, which then counts as asked. */
    void await() throws InterruptedException {
        long leftNs = begun ? leastNs - (monotonicNs.getAsLong() - lastNs) : 0;
        if (leftNs > 0) {
            pause.ns(leftNs);
        }
        begun = true;
        lastNs = monotonicNs.getAsLong();
    }
}
