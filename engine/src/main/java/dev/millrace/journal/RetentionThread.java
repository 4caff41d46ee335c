package dev.millrace.journal;

import dev.millrace.config.JournalConfig;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the retention on a thread of its own, {@code md-journal-retention}. What fails or blocks is told once in the log
 * and by {@link #problem} as long as it lasts; the next pass tries again, and capture goes on.
 */
public final class RetentionThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionThread.class);
    private static final long INTERVAL_S = 10;
    private static final long CLOSE_DEADLINE_S = 10;

    private final Retention retention;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile String problem = "";

    private RetentionThread(Retention retention) {
        this.retention = retention;
        thread = new Thread(this::run, "md-journal-retention");
        thread.setDaemon(true);
    }

    /**
     * Starts it; to be closed before the writer.
     *
     * @param beginning told the first sequence that is left after a deletion, on this thread
     */
    public static RetentionThread start(
            JournalWriter writer, JournalConfig config, NanoClock clock, Counters counters, LongConsumer beginning) {
        RetentionThread started = new RetentionThread(new Retention(writer, config, clock, counters, beginning));
        started.thread.start();
        return started;
    }

    /** What keeps the retention from deleting or compressing, in words; empty when nothing does. Any thread. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(words -> !words.isEmpty());
    }

    private void run() {
        try {
            do {
                tell(pass());
            } while (!closing.await(INTERVAL_S, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; the thread ends
        }
    }

    private String pass() {
        try {
            return retention.pass(this::isClosing).orElse("");
        } catch (CycleArchive.StoppedException ignored) { // by close; the raw file is untouched
            return problem;
        } catch (IOException | RuntimeException | InternalError e) { // InternalError: a mapped file was cut or damaged
            return "retention cannot go on: " + (e instanceof JournalException ? e.getMessage() : e);
        }
    }

    private void tell(String now) {
        if (!now.equals(problem)) {
            LOG.warn("{}", now.isEmpty() ? "retention goes on" : now);
            problem = now;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Ends the pass under way at its next step. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_DEADLINE_S));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new JournalException(
                    "md-journal-retention still works after " + CLOSE_DEADLINE_S + " s; the disk does not answer");
        }
    }
}
