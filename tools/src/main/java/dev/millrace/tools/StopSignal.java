package dev.millrace.tools;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Turns SIGTERM and Ctrl-C into an orderly end with our own exit code: the signal starts the JVM's shutdown, whose hook
 * waits here until the command has stopped everything, and then ends the process with the command's code. A second signal
 * does not wait; see {@link SecondSignal}.
 */
final class StopSignal {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.FAILED;

    private StopSignal() {}

    private static StopSignal install(Duration patience) {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.onShutdown(patience), "stop-signal"));
        return signal;
    }

    /**
     * Does a command's work so that a signal ends it in order. A failure is told here, not by the caller: after a signal
     * the process ends as soon as the work is finished.
     *
     * @param patience how long the work may take to end after a signal
     * @return the exit code
     */
    static int during(Duration patience, CommandSpec spec, Work work) {
        StopSignal signal = install(patience);
        int code = ExitCode.FAILED;
        try {
            work.run(signal);
            code = ExitCode.DONE;
        } catch (Exception e) {
            code = Failures.onFailure(e, spec.commandLine(), Main.showsStackTraces(spec));
        } finally {
            signal.finish(code);
        }
        return code;
    }

    /** What may be stopped by the signal. */
    interface Work {
        void run(StopSignal stop) throws Exception;
    }

    /** Waits for a signal; true when one came. */
    boolean await(Duration limit) throws InterruptedException {
        return asked.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** The command has stopped everything and printed what it had to say. */
    private void finish(int code) {
        exitCode = code;
        finished.countDown();
    }

    private void onShutdown(Duration patience) {
        boolean running = finished.getCount() > 0;
        if (running) {
            SecondSignal.endsAtOnce();
        }
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
