package dev.millrace.tools;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Chains of kills, some at a time. */
final class Chains {

    /** More than cores: a daemon that has started mostly waits for the market. */
    private static final int AT_ONCE = 3;

    private Chains() {}

    /** Runs all of them, also when some fail. */
    static void run(List<Callable<Void>> chains) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            AssertionError failed = new AssertionError("chains failed, see the suppressed");
            for (Future<Void> chain : threads.invokeAll(chains)) {
                try {
                    chain.get();
                } catch (ExecutionException e) {
                    failed.addSuppressed(e.getCause());
                }
            }
            if (failed.getSuppressed().length > 0) {
                throw failed;
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
