package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.QualityConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.journal.JournalReader;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.quality.Asking;
import dev.millrace.quality.Certificates;
import dev.millrace.quality.CertifiedDay;
import dev.millrace.quality.QualityTables;
import dev.millrace.quality.StreamsOfDays;
import dev.millrace.replay.JournalStreams;
import dev.millrace.store.Limits;
import dev.millrace.store.Reading;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the certificates of all days that have none, the oldest first: once a day's bars can no longer be revised, and the
 * exchange has been asked for the last time of its minutes. A day of which the exchange still has to be asked again waits, an
 * hour at a time, and is asked for meanwhile, until the exchange keeps its minutes no more. What has its certificate is left
 * alone. Many days are caught up with a few at a time. Thread {@code md-certify}.
 */
final class DayCertificates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DayCertificates.class);
    private static final String UNCERTIFIED = "quality.days-uncertified";
    private static final long DAY_MS = 86_400_000;
    private static final long HOUR_MS = 3_600_000;
    private static final long PAUSE_MS = 60_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** No further day is begun after so long, until a pause has passed: queries and the disk are others' as well. */
    private static final long BUDGET_NS = 15_000_000_000L;
    /** How many minutes of a coin the exchange keeps: 5,000 candles. */
    private static final long KEPT_MS = 5_000 * 60_000L;
    /** Gaps are read once more in the next hour. */
    private static final Duration REPAIRED = Duration.ofHours(1);
    /** A reading takes its time: the budget lets some fifty coins pass a minute. */
    private static final Duration READING = Duration.ofMinutes(15);

    private final Path lake;
    private final Path journal;
    private final ResultConfig results;
    private final long settledMs;
    private final Supplier<Optional<Reading>> reading;
    private final LongSupplier venueMs;
    private final LongSupplier nanoTime;
    private final ErrorLog errors;
    private final Figures figures;
    private final Lookout lookout;
    private final Set<LocalDate> done = new HashSet<>();
    /** Days that wait, and when they are looked at again. */
    private final Map<LocalDate, Long> waiting = new HashMap<>();

    private final Map<LocalDate, Long> pending = new HashMap<>();
    private Rereads rereads = (coins, fromMs, toMs) -> {};
    private long nextMs = Long.MIN_VALUE;

    /** Asks the exchange once more of minutes whose candle differs from our bar, and returns when the tables hold the answers. */
    @FunctionalInterface
    interface Rereads {
        void read(Collection<String> coins, long fromMs, long toMs) throws InterruptedException;
    }

    private record Figures(Counter written, Counter pending, Counter days, Counter upTo) {

        static Figures in(Counters counters) {
            return new Figures(
                    counters.counter("quality.certificates", "Certificates of days that were written"),
                    counters.gauge(
                            "quality.certificates-pending",
                            "Certificates that wait until the exchange was asked again"),
                    counters.gauge(UNCERTIFIED, "Days that are over and still lack a certificate"),
                    counters.gauge(
                            "quality.certified-day", "Last day that was certified, in days since 1970; 0 for none"));
        }
    }

    /**
     * @param reading of the tables; empty while they are not open
     * @param venueMs the venue's time as far as the tables reach; the least long while it is not known
     * @param nanoTime by which the time that it takes is measured
     */
    DayCertificates(
            EngineConfig config,
            Supplier<Optional<Reading>> reading,
            LongSupplier venueMs,
            LongSupplier nanoTime,
            Counters counters,
            ErrorLog errors) {
        lake = config.data().lake();
        journal = config.data().journal();
        results = config.results();
        settledMs = settledMs(results.bars().revisionWindow(), config.quality());
        this.reading = reading;
        this.venueMs = venueMs;
        this.nanoTime = nanoTime;
        this.errors = errors;
        figures = Figures.in(counters);
        lookout = new Lookout("certify", this::work, errors);
    }

    /** Who asks the exchange again; without this nobody does. Before the start. */
    DayCertificates rereading(Rereads by) {
        rereads = by;
        return this;
    }

    /** What {@code /health} tells; empty where no day waits. Any thread. */
    static Optional<String> warning(Counters counters) {
        long days = counters.value(UNCERTIFIED);
        return days == 0
                ? Optional.empty()
                : Optional.of(days + (days == 1 ? " day that is" : " days that are")
                        + " over and not certified yet; see millrace quality show");
    }

    /** How long behind its end a day is certified. */
    private static long settledMs(Duration revisionWindow, QualityConfig quality) {
        Duration read =
                quality.repair() && REPAIRED.compareTo(quality.checkEvery()) > 0 ? REPAIRED : quality.checkEvery();
        return Math.max(
                revisionWindow.toMillis(),
                read.isZero() ? 0 : read.plus(READING).toMillis());
    }

    DayCertificates start() {
        lookout.start();
        return this;
    }

    /**
     * Certifies what is due.
     *
     * @return whether anything was
     */
    boolean work() throws InterruptedException {
        long nowMs = venueMs.getAsLong();
        Optional<Reading> tables = reading.get();
        if (nowMs == Long.MIN_VALUE || nowMs < nextMs || tables.isEmpty()) {
            return false;
        }
        try {
            certify(tables.get(), nowMs);
        } catch (IOException | RuntimeException e) {
            requireOpen();
            nextMs = nowMs + PAUSE_MS;
            errors.record("certify", e);
            LOG.warn("days are not certified: {}; tried again in a minute", e.getMessage());
        }
        return true;
    }

    private static void requireOpen() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("closed while it certified"); // the next start goes on
        }
    }

    private void certify(Reading tables, long nowMs) throws IOException, InterruptedException {
        Asking asking = (sql, row) -> tables.query(sql, new Limits(Long.MAX_VALUE, PATIENCE), ResultSink.of(row));
        QualityTables quality = new QualityTables(asking, results.bars().revisionWindow());
        LocalDate end = LocalDate.ofEpochDay(Math.floorDiv(nowMs - settledMs, DAY_MS));
        List<LocalDate> open =
                quality.days(end).stream().filter(date -> !done.contains(date)).toList();
        long oldest = JournalReader.oldest(journal);
        StreamsOfDays streams =
                new StreamsOfDays(quality, (date, from) -> JournalStreams.read(journal, date, from, results), oldest);
        nextMs = (end.toEpochDay() + 1) * DAY_MS + settledMs;
        long beganNs = nanoTime.getAsLong();
        for (LocalDate date : open) {
            if (waiting.getOrDefault(date, Long.MIN_VALUE) <= nowMs) {
                if (nanoTime.getAsLong() - beganNs >= BUDGET_NS) {
                    nextMs = nowMs + PAUSE_MS;
                    break;
                }
                certify(quality, streams, date, nowMs, oldest);
            }
            nextMs = Math.min(nextMs, waiting.getOrDefault(date, Long.MAX_VALUE));
        }
        figures.pending.set(pending.values().stream().mapToLong(Long::longValue).sum());
        figures.days.set(open.stream().filter(date -> !done.contains(date)).count());
    }

    /** One that cannot be read does not hold up the others. */
    private void certify(QualityTables quality, StreamsOfDays streams, LocalDate date, long nowMs, long oldest)
            throws InterruptedException {
        waiting.put(date, nowMs + HOUR_MS);
        pending.remove(date);
        long endMs = (date.toEpochDay() + 1) * DAY_MS;
        boolean last = nowMs - endMs >= KEPT_MS;
        CertifiedDay day;
        try {
            day = CertifiedDay.write(new Certificates(lake), quality, streams, date, last, oldest);
        } catch (IOException | RuntimeException e) {
            requireOpen();
            errors.record("certify", e);
            LOG.warn("{} is not certified: {}; tried again in an hour", date, e.getMessage());
            return;
        }
        figures.written.add(day.written());
        if (day.written() > 0) {
            LOG.info(
                    "certified {}: {} certificates, {}; {} wait until the exchange was asked again",
                    date,
                    day.written(),
                    day.states().toString().toLowerCase(Locale.ROOT),
                    day.pending());
        }
        if (day.isDone()) {
            done.add(date);
            waiting.remove(date);
            figures.upTo.set(Math.max(figures.upTo.get(), date.toEpochDay()));
        } else {
            pending.put(date, day.pending());
            rereads.read(day.waiting(), endMs - DAY_MS, endMs);
        }
    }

    /** Stops; what is not certified yet is by the next start. */
    @Override
    public void close() {
        lookout.close();
    }
}
