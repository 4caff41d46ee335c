package dev.millrace.rest;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often a call is tried, and when the venue is left alone: after a failure worth it come pauses that double, with
 * jitter; when half of the last calls failed by the venue's fault, all calls wait a while and then go on with single ones.
 * Any thread.
 */
final class CallPolicy {

    private static final double JITTER = 0.5;
    private static final int WATCHED = 20;
    private static final int FAILED = 10;
    private static final int TRIALS = 2;
    private static final long LEAST_WAIT_MS = 20;

    private final RetryPolicy<Object> retry;
    private final CircuitBreaker<Object> breaker;

    /**
     * @param tries calls at most, the first included
     * @param open how long the venue is left alone
     */
    CallPolicy(int tries, Duration firstPause, Duration longestPause, Duration open) {
        retry = RetryPolicy.builder()
                .handleIf(failure -> failure instanceof InfoException call && call.worthRetrying())
                .withMaxAttempts(tries)
                .withBackoff(firstPause, longestPause)
                .withJitter(JITTER)
                .build();
        breaker = CircuitBreaker.builder()
                .withFailureThreshold(FAILED, WATCHED)
                .withSuccessThreshold(TRIALS)
                .withDelay(open)
                .build();
    }

    /** A call that may fail. */
    interface Call<T> {
        T run() throws InfoException, InterruptedException;
    }

    <T> T run(Call<T> call) throws InfoException, InterruptedException {
        try {
            return Failsafe.with(retry).get(() -> attempt(call));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InfoException failure) {
                throw failure;
            }
            if (e.getCause() instanceof InterruptedException) {
                Thread.interrupted(); // what it throws says the same
                throw new InterruptedException("between two tries of a call");
            }
            throw e;
        }
    }

    private <T> T attempt(Call<T> call) throws InfoException, InterruptedException {
        while (!breaker.tryAcquirePermit()) {
            TimeUnit.MILLISECONDS.sleep(
                    Math.max(LEAST_WAIT_MS, breaker.getRemainingDelay().toMillis()));
        }
        boolean wellServed = true;
        try {
            return call.run();
        } catch (InfoException e) {
            wellServed = !e.isVenues();
            throw e;
        } finally {
            if (wellServed) {
                breaker.recordSuccess();
            } else {
                breaker.recordFailure();
            }
        }
    }

    /** Whether all calls wait. */
    boolean isOpen() {
        return breaker.isOpen();
    }
}
