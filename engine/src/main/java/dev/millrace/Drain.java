package dev.millrace;

import dev.millrace.replay.Tail;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How the store's role ends: with what the journal held when it was asked to, as far as the time allows. Asked by any thread,
 * the rest is of the role's.
 */
final class Drain {

    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile long untilNs;
    private long end = -1;

    void ask(Duration within) {
        untilNs = System.nanoTime() + within.toNanos();
        asked.countDown();
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** True as soon as it is asked for. */
    boolean await(long ms) throws InterruptedException {
        return asked.await(ms, TimeUnit.MILLISECONDS);
    }

    /** A journal that another process goes on writing has no end: only what it held when the role was closed counts. */
    boolean isDone(Tail tail) {
        if (!isAsked()) {
            return false;
        }
        if (end < 0) {
            end = tail.end();
        }
        return tail.sequence() >= end || isLate();
    }

    /** @throws CancellationException when there is no time left for the way to where the tables reach */
    void requireTime(long sequence) {
        if (isAsked() && isLate()) {
            throw new CancellationException("at record " + sequence);
        }
    }

    private boolean isLate() {
        return System.nanoTime() - untilNs >= 0;
    }
}
