package dev.millrace.replay;

import dev.millrace.market.NanoClock;
import java.util.concurrent.TimeUnit;

/** When a record may be applied. */
@FunctionalInterface
public interface Pace {

    /** As fast as it goes. */
    Pace MAX = receiveNs -> {};

    /** Waits until a record received at this time is due. */
    void await(long receiveNs) throws InterruptedException;

    /** How a pace waits; a test counts instead of sleeping. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    /**
     * As recorded, so many times as fast. Steps back in receive time do not wait.
     *
     * @param times 1 for the recorded pace
     */
    static Pace recorded(double times, NanoClock clock, Sleeper sleeper) {
        return new Pace() {
            private boolean started;
            private long firstReceiveNs;
            private long startNs;

            @Override
            public void await(long receiveNs) throws InterruptedException {
                if (!started) {
                    started = true;
                    firstReceiveNs = receiveNs;
                    startNs = clock.nowNs();
                }
                long dueNs = startNs + (long) ((receiveNs - firstReceiveNs) / times);
                long leftNs = dueNs - clock.nowNs();
                if (leftNs > 0) {
                    sleeper.sleep(leftNs);
                }
            }
        };
    }

    /** Sleeps the calling thread. */
    static Sleeper sleeper() {
        return TimeUnit.NANOSECONDS::sleep;
    }
}
