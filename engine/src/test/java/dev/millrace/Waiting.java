package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread or process does. */
public final class Waiting {

    /** So long that only what never comes is missed: no test asserts how fast this machine is. */
    public static final int PATIENCE_S = 120;

    private static final long LOOK_NS = 1_000_000;

    private Waiting() {}

    /** Waits until something is so. */
    public static void until(String what, BooleanSupplier so) {
        until(what, so, () -> "so it is not");
    }

    /**
     * Waits, and tells how it stands when patience is at its end.
     *
     * @param instead what is so
     */
    public static void until(String what, BooleanSupplier so, Supplier<?> instead) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!so.getAsBoolean()) {
            assertTrue(
                    System.nanoTime() < deadlineNs,
                    () -> "not within " + PATIENCE_S + " s: " + what + "; " + instead.get());
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
