package dev.millrace.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits parked, without a lock: the one consumer of the {@code small} profile spins briefly, then says that it sleeps; a
 * publisher that sees it asleep wakes it. More spinning helps the median at high rates and costs the other core.
 */
public final class ParkingWaitStrategy implements WaitStrategy {

    private static final int SPINS = 100;
    /** A wake-up cannot be missed (see waitFor); the bound only limits the harm of an unforeseen one. */
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long parkNs;
    private volatile Thread sleeper;

    public ParkingWaitStrategy() {
        this(PARK_NS);
    }

    /** @param parkNs longest sleep, for the test that no wake-up is missed */
    ParkingWaitStrategy(long parkNs) {
        this.parkNs = parkNs;
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException {
        int spins = SPINS;
        long available;
        while ((available = dependent.get()) < sequence) {
            barrier.checkAlert();
            if (spins > 0) {
                spins--;
                Thread.onSpinWait();
            } else {
                sleep(sequence, dependent, barrier);
            }
        }
        return available;
    }

    private void sleep(long sequence, Sequence dependent, SequenceBarrier barrier) throws AlertException {
        // Volatile store before the re-check: a publisher either sees the sleeper or is seen by the re-check. It moves
        // the cursor by a compare-and-set when it claims, before it looks for a sleeper; publishing alone is no fence.
        sleeper = Thread.currentThread();
        try {
            if (dependent.get() < sequence) {
                barrier.checkAlert();
                LockSupport.parkNanos(this, parkNs);
            }
        } finally {
            sleeper = null;
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        Thread asleep = sleeper;
        if (asleep != null) {
            LockSupport.unpark(asleep);
        }
    }
}
