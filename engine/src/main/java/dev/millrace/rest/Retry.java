package dev.millrace.rest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A bounded retry: after the n-th failure worth it, a pause uniform in [0, firstPause · 2ⁿ⁻¹].
 *
 * @param tries calls at most, the first included
 */
record Retry(int tries, Duration firstPause, RandomGenerator random) {

    /** A call that may fail. */
    interface Call {
        byte[] run() throws InfoException, InterruptedException;
    }

    byte[] run(Call call) throws InfoException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.run();
            } catch (InfoException e) {
                if (!e.worthRetrying() || attempt == tries) {
                    throw e;
                }
            }
            TimeUnit.NANOSECONDS.sleep(random.nextLong((firstPause.toNanos() << (attempt - 1)) + 1));
        }
    }
}
