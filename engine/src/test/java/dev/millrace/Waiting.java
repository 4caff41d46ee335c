package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
final class Waiting {

    private static final long PATIENCE_S = 60;
    private static final long LOOK_NS = 1_000_000;

    private Waiting() {}

    static void until(String what, BooleanSupplier so) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!so.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, () -> "not within " + PATIENCE_S + " s: " + what);
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
