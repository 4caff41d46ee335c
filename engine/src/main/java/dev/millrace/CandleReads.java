package dev.millrace;

import dev.millrace.control.ControlCommand;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.rest.InfoException;
import dev.millrace.rest.Priority;
import dev.millrace.rest.VenueInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the exchange for its 1m candles, to compare ours with: when an interval of the venue's time is over, those of it and of
 * the one before, and two minutes later those of it once more, since the venue sends some late. So each minute is read three
 * times. The replies are journaled, and the store makes rows of them; nothing is compared here. Thread
 * {@code md-candle-reads}, and those of the command line.
 */
final class CandleReads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CandleReads.class);
    /** Behind the end of an interval: its last trades arrive a moment later. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Duration ONCE_MORE = Duration.ofMinutes(2);
    private static final Duration ASKED = Duration.ofHours(2);

    private final Duration every;
    private final VenueInfo venue;
    private final Stored stored;
    private final Supplier<List<String>> coins;
    private final NanoClock clock;
    private final ErrorLog errors;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Lookout schedule;
    private long nextMs;
    private boolean once;

    /** Waits until the tables hold what was answered. */
    @FunctionalInterface
    interface Stored {
        void await() throws InterruptedException;
    }

    /** @param every time between two readings, 0 for none by schedule */
    CandleReads(
            Duration every,
            VenueInfo venue,
            Stored stored,
            Supplier<List<String>> coins,
            NanoClock clock,
            ErrorLog errors) {
        this.every = every;
        this.venue = venue;
        this.stored = stored;
        this.coins = coins;
        this.clock = clock;
        this.errors = errors;
        nextMs = every.isZero() ? Long.MAX_VALUE : behindNextEnd();
        schedule = new Lookout("candle-reads", this::work, errors);
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

    /**
     * Reads what is due.
     *
     * @return whether anything was
     */
    boolean work() throws InterruptedException {
        if (nowMs() < nextMs) {
            return false;
        }
        try {
            for (String failure : readEnded(once ? every : every.multipliedBy(2))) {
                errors.record("candles", new IllegalStateException(failure));
                LOG.warn("not compared with the exchange: {}; tried again in {}", failure, once ? every : ONCE_MORE);
            }
        } finally { // also where the tables stand still: the exchange is not asked for the same each second
            once = !once;
            nextMs = once ? nowMs() + ONCE_MORE.toMillis() : behindNextEnd();
        }
        return true;
    }

    private long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nowNs());
    }

    private long behindNextEnd() {
        long nowMs = nowMs();
        return nowMs
                - Math.floorMod(nowMs, every.toMillis())
                + every.plus(SETTLING).toMillis();
    }

    private List<String> readEnded(Duration back) throws InterruptedException {
        return read(
                venueMs -> {
                    long endMs = venueMs - Math.floorMod(venueMs, every.toMillis());
                    return CandleInterval.ONE_MINUTE.startOf(endMs);
                },
                back);
    }

    /**
     * Reads the minutes of the last while and returns when the tables hold them.
     *
     * @return a line for each coin of which nothing was given
     */
    List<String> read(Duration back) throws InterruptedException {
        return read(CandleInterval.ONE_MINUTE::startOf, back);
    }

    /**
     * Reads minutes once more whose candles differ from our bars, where anything is read by schedule at all; returns when the
     * tables hold what was answered. What fails is told.
     *
     * @param fromMs ms since 1970
     * @param toMs exclusive
     */
    void readAgain(Collection<String> these, long fromMs, long toMs) throws InterruptedException {
        if (every.isZero()) {
            return;
        }
        turn.lockInterruptibly();
        List<String> failures = new ArrayList<>();
        try {
            read(read(List.copyOf(these), fromMs, toMs, new ArrayList<>()), fromMs, toMs, failures);
            stored.await();
        } finally {
            turn.unlock();
        }
        for (String failure : failures) {
            errors.record("candles", new IllegalStateException(failure));
            LOG.warn("not asked of again: {}; tried again in an hour", failure);
        }
    }

    private List<String> read(LongUnaryOperator end, Duration back) throws InterruptedException {
        turn.lockInterruptibly();
        List<String> failures = new ArrayList<>();
        try {
            long endMs = end.applyAsLong(venue.exchangeStatus().timeMs());
            List<String> failed = read(coins.get(), endMs - back.toMillis(), endMs, new ArrayList<>());
            read(failed, endMs - back.toMillis(), endMs, failures);
            stored.await();
        } catch (InfoException e) {
            failures.add(e.getMessage());
        } finally {
            turn.unlock();
        }
        return failures;
    }

    /** Gives those that failed: they are tried once more, behind all others. */
    private List<String> read(List<String> these, long fromMs, long endMs, List<String> failures)
            throws InterruptedException {
        List<String> failed = new ArrayList<>();
        for (String coin : these) {
            try {
                for (String refused : venue.candles(coin, CandleInterval.ONE_MINUTE, fromMs, endMs - 1)
                        .refused()) {
                    LOG.warn("a candle of {} is not compared: {}", coin, refused);
                }
            } catch (InfoException e) {
                failed.add(coin);
                failures.add(coin + ": " + e.getMessage());
            }
        }
        return failed;
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
        schedule.close();
    }
}
