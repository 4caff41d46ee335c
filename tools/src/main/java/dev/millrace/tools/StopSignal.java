package dev.millrace.tools;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and Ctrl-C into an orderly end with our own exit code: the signal starts the JVM's shutdown, whose hook
 * waits here until the command has stopped everything, and then ends the process with the command's code.
 */
final class StopSignal {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.FAILED;

    private StopSignal() {}

    /** @param patience how long the command may take to stop after a signal */
    static StopSignal install(Duration patience) {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.onShutdown(patience), "stop-signal"));
        return signal;
    }

    /** Waits for a signal; true when one came. */
    boolean await(Duration limit) throws InterruptedException {
        return asked.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** The command has stopped everything and printed what it had to say. */
    void finish(int code) {
        exitCode = code;
        finished.countDown();
    }

    private void onShutdown(Duration patience) {
        boolean running = finished.getCount() > 0;
        asked.countDown();
        if (running) {
            awaitEnd(patience);
            System.out.flush();
            System.err.flush();
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private void awaitEnd(Duration patience) {
        try {
            if (!finished.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                System.err.println("millrace: not stopped within " + patience.toSeconds() + " s; ending all the same");
            }
        } catch (InterruptedException ignored) {
            // Nobody interrupts a shutdown hook; if somebody does, the process ends now.
        }
    }
}
