package dev.millrace;

import dev.millrace.control.ControlCommand;
import dev.millrace.market.CandleInterval;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.rest.InfoException;
import dev.millrace.rest.Priority;
import dev.millrace.rest.VenueInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the exchange for its 1m candles, to compare ours with: of the last interval and of the one before, and once more after
 * two minutes, since the venue sends some late. So each minute is read three times. The replies are journaled, and the store
 * makes rows of them; nothing is compared here. Thread {@code md-candle-reads}, and those of the command line.
 */
final class CandleReads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CandleReads.class);
    private static final Duration ONCE_MORE = Duration.ofMinutes(2);
    private static final Duration ASKED = Duration.ofHours(2);
    private static final long CLOSE_MS = 5_000;

    private final Duration every;
    private final VenueInfo venue;
    private final StoredHistory stored;
    private final Supplier<List<String>> coins;
    private final ErrorLog errors;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Thread schedule = new Thread(this::run, "md-candle-reads");

    /** @param every time between two readings, 0 for none by schedule */
    CandleReads(Duration every, VenueInfo venue, StoredHistory stored, Supplier<List<String>> coins, ErrorLog errors) {
        this.every = every;
        this.venue = venue;
        this.stored = stored;
        this.coins = coins;
        this.errors = errors;
        schedule.setDaemon(true);
    }

    /** How its calls stand to others of the budget. */
    static Priority priority() {
        return Priority.REPAIR;
    }

    /** Begins to read by the schedule. */
    void start() {
        if (!every.isZero()) {
            schedule.start();
        }
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
                readBySchedule();
                TimeUnit.NANOSECONDS.sleep(ONCE_MORE.toNanos());
                readBySchedule();
            }
        } catch (InterruptedException ignored) {
            // Closed; what was answered is journaled.
        }
    }

    private void readBySchedule() throws InterruptedException {
        for (String failure : read(every.multipliedBy(2))) {
            errors.record("candles", new IllegalStateException(failure));
            LOG.warn("not compared with the exchange: {}; tried again in {} s", failure, every.toSeconds());
        }
    }

    /**
     * Reads the minutes of the last while and returns when the tables hold them.
     *
     * @return a line for each coin of which nothing was given
     */
    List<String> read(Duration back) throws InterruptedException {
        turn.lockInterruptibly();
        List<String> failures = new ArrayList<>();
        try {
            long endMs =
                    CandleInterval.ONE_MINUTE.startOf(venue.exchangeStatus().timeMs());
            for (String coin : coins.get()) {
                read(coin, endMs - back.toMillis(), endMs, failures);
            }
            stored.awaitAll();
        } catch (InfoException e) {
            failures.add(e.getMessage());
        } finally {
            turn.unlock();
        }
        return failures;
    }

    private void read(String coin, long fromMs, long endMs, List<String> failures) throws InterruptedException {
        try {
            venue.candles(coin, CandleInterval.ONE_MINUTE, fromMs, endMs - 1);
        } catch (InfoException e) {
            failures.add(coin + ": " + e.getMessage());
        }
    }

    /** What the command line asks: {@code candles}; see {@code doc/formats/control.md}. */
    ControlCommand command() {
        return (request, reply) -> {
            try {
                reply.send(Map.of("coins", coins.get().size(), "failures", read(ASKED)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reply.send(Map.of("failed", "the daemon is stopping"));
            }
        };
    }

    /** Stops the schedule; what was answered stays. */
    @Override
    public void close() {
        schedule.interrupt();
        try {
            schedule.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (schedule.isAlive()) {
            throw new IllegalStateException("md-candle-reads has not stopped within " + CLOSE_MS + " ms");
        }
    }
}
