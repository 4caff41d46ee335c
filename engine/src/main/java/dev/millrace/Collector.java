package dev.millrace;

import dev.millrace.config.CollectConfig;
import dev.millrace.config.Spelling;
import dev.millrace.control.ControlCommand;
import dev.millrace.control.ControlReply;
import dev.millrace.discovery.Collection;
import dev.millrace.discovery.CollectionResult;
import dev.millrace.discovery.CollectionWatch;
import dev.millrace.discovery.PageException;
import dev.millrace.discovery.Series;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.store.RefusedException;
import dev.millrace.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects history: by schedule on the thread {@code md-collect}, and when the command line asks for it. One collection at
 * a time; a second waits, and finds little left to do.
 */
final class Collector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    /** After a collection that could not even begin, at most. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final CollectConfig config;
    private final VenueHistory history;
    private final StoredHistory stored;
    private final Supplier<List<String>> coins;
    private final NanoClock clock;
    private final ErrorLog errors;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Lookout schedule;
    private List<String> collected = List.of();
    private long nextNs = Long.MIN_VALUE;

    /** @param coins whose history is collected when none are named: what is recorded now */
    Collector(
            CollectConfig config,
            VenueHistory history,
            StoredHistory stored,
            Supplier<List<String>> coins,
            NanoClock clock,
            ErrorLog errors) {
        this.config = config;
        this.history = history;
        this.stored = stored;
        this.coins = coins;
        this.clock = clock;
        this.errors = errors;
        schedule = new Lookout("collect", this::work, errors);
    }

    /** Begins to collect by the schedule, the first time at once: what a stop has left out is due. */
    void start() {
        if (!config.every().isZero()) {
            schedule.start();
        }
    }

    /**
     * Collects what is missing and returns when the tables hold it.
     *
     * @param named none for all that are recorded
     * @throws PageException when the venue did not answer at all
     * @throws NothingRecordedException when no coin is named, and none is recorded
     * @throws RefusedException when the venue lists no coin of a name; it would answer each question with an error
     */
    CollectionResult collect(List<String> named, CollectConfig what, CollectionWatch watch)
            throws PageException, InterruptedException {
        List<String> wanted = named.isEmpty() ? coins.get() : named;
        if (wanted.isEmpty()) {
            throw new NothingRecordedException();
        }
        requireListed(named);
        turn.lockInterruptibly();
        try {
            CollectionResult result = new Collection(history, watch).run(series(wanted, what), what.bars());
            stored.awaitAll();
            return result;
        } finally {
            turn.unlock();
        }
    }

    private void requireListed(List<String> named) throws InterruptedException {
        List<String> listed = named.isEmpty() ? List.of() : stored.listed();
        for (String name : named) {
            if (!listed.isEmpty() && !listed.contains(name)) {
                throw new RefusedException(
                        "the venue has no '" + name + "'; nearest is " + Spelling.nearest(name, listed));
            }
        }
    }

    private static List<Series> series(List<String> coins, CollectConfig what) {
        List<Series> all = new ArrayList<>();
        for (String coin : coins) {
            for (CandleInterval interval : what.timeframes()) {
                all.add(Series.candles(coin, interval));
            }
            if (what.funding() && Series.paysFunding(coin)) {
                all.add(Series.funding(coin));
            }
        }
        return all;
    }

    /** Collects when it is time, and when other coins are recorded than the last time: what enters has no history yet. */
    private void work() throws InterruptedException {
        List<String> now = coins.get();
        boolean due = clock.nowNs() >= nextNs || !now.equals(collected);
        if (due && !now.isEmpty()) {
            collected = now;
            nextNs = clock.nowNs() + config.every().toNanos();
            collectAll();
        }
    }

    private void collectAll() throws InterruptedException {
        try {
            CollectionResult result = collect(List.of(), config, (done, of, left) -> {});
            LOG.info("collected {} rows of {} series", result.received(), result.series());
            result.failures().forEach(line -> fail(new IllegalStateException(line)));
            result.refusals().forEach(this::refuse);
        } catch (PageException | RuntimeException e) {
            fail(e);
            nextNs = clock.nowNs() + pause(config.every()).toNanos();
        }
    }

    /** After a collection that could not even begin. */
    static Duration pause(Duration every) {
        return every.compareTo(LONGEST_PAUSE) < 0 ? every : LONGEST_PAUSE;
    }

    private void fail(Exception e) {
        errors.record("collect", e);
        LOG.warn("not collected: {}; tried again later", e.getMessage());
    }

    private void refuse(String line) {
        errors.record("collect", new IllegalStateException(line));
        LOG.warn("a row of the venue's is left out: {}; asked for again by the next collection", line);
    }

    /** What the command line asks: {@code collect}; see {@code doc/formats/control.md}. */
    ControlCommand command() {
        return (request, reply) -> {
            try {
                CollectConfig what = config.of(
                        texts(request, "timeframes").stream()
                                .map(CandleInterval::of)
                                .toList(),
                        ((Number) request.get("bars")).intValue());
                send(reply, collect(texts(request, "coins"), what, (done, of, left) -> {
                    tell(reply, Map.of("done", done, "of", of, "left_s", left.toSeconds()));
                }));
            } catch (RefusedException e) {
                reply.send(Map.of("refused", e.getMessage()));
            } catch (PageException | NothingRecordedException | StoreException e) {
                reply.send(Map.of("failed", e.getMessage()));
            }
        };
    }

    private static List<String> texts(Map<String, Object> request, String name) {
        return request.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static void tell(ControlReply reply, Map<String, Object> line) {
        try {
            reply.send(line);
        } catch (IOException e) {
            throw new UncheckedIOException("who asked for the collection is gone", e);
        }
    }

    private static void send(ControlReply reply, CollectionResult result) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("series", result.series());
        line.put("up_to_date", result.upToDate());
        line.put("pages", result.pages());
        line.put("expected", result.expected());
        line.put("received", result.received());
        line.put("refused", result.refused());
        line.put("refusals", result.refusals());
        line.put("failures", result.failures());
        reply.send(line);
    }

    /** Stops the schedule; what was answered stays. */
    @Override
    public void close() {
        schedule.close();
    }
}
