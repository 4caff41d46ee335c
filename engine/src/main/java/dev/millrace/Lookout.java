package dev.millrace;

import dev.millrace.metrics.ErrorLog;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that looks four times a second whether something is due, until it is closed; mostly it looks at a clock. What fails
 * is told, once for each kind, and does not end it.
 */
final class Lookout implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final long LOOK_MS = 250;
    private static final long CLOSE_MS = 5_000;

    private final String name;
    private final Look look;
    private final ErrorLog errors;
    private final Thread thread;

    /** Does what is due. */
    @FunctionalInterface
    interface Look {
        void look() throws InterruptedException;
    }

    /** @param name of the thread, without {@code md-}; also where its errors are said to come from */
    Lookout(String name, Look look, ErrorLog errors) {
        this.name = name;
        this.look = look;
        this.errors = errors;
        thread = new Thread(this::run, "md-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                once();
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        } catch (InterruptedException ignored) {
            // Closed; what was answered is journaled.
        }
    }

    private void once() throws InterruptedException {
        try {
            look.look();
        } catch (RuntimeException e) {
            if (errors.record(name, e)) {
                LOG.warn("{}: {}; tried again when it is due", name, e.getMessage(), e);
            }
        }
    }

    /** Ends it, also in the middle of a question to the venue. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("md-" + name + " has not stopped within " + CLOSE_MS + " ms");
        }
    }
}
