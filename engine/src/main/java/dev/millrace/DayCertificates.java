package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.QualityConfig;
import dev.millrace.journal.JournalReader;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.quality.Asking;
import dev.millrace.quality.Certificates;
import dev.millrace.quality.CertifiedDays;
import dev.millrace.quality.QualityTables;
import dev.millrace.store.Limits;
import dev.millrace.store.Reading;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the certificates of the days of the last week that have none: once a day's bars can no longer be revised, and the
 * exchange has been asked for the last time of its minutes. A day of which the exchange still has to be asked again waits, an
 * hour at a time. What has its certificate is left alone. Thread {@code md-certify}.
 */
final class DayCertificates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DayCertificates.class);
    private static final int DAYS = 7;
    private static final long DAY_MS = 86_400_000;
    private static final long HOUR_MS = 3_600_000;
    private static final long PAUSE_MS = 60_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Gaps are read once more in the next hour. */
    private static final Duration REPAIRED = Duration.ofHours(1);
    /** A reading takes its time: the budget lets some fifty coins pass a minute. */
    private static final Duration READING = Duration.ofMinutes(15);

    private final Path lake;
    private final Path journal;
    private final Duration revisionWindow;
    private final long settledMs;
    private final Supplier<Optional<Reading>> reading;
    private final LongSupplier venueMs;
    private final Counter written;
    private final Counter pending;
    private final Counter upTo;
    private final ErrorLog errors;
    private final Lookout lookout;
    private long nextMs = Long.MIN_VALUE;

    /**
     * @param reading of the tables; empty while they are not open
     * @param venueMs the venue's time as far as the tables reach; the least long while it is not known
     */
    DayCertificates(
            EngineConfig config,
            Supplier<Optional<Reading>> reading,
            LongSupplier venueMs,
            Counters counters,
            ErrorLog errors) {
        lake = config.data().lake();
        journal = config.data().journal();
        revisionWindow = config.results().bars().revisionWindow();
        settledMs = settledMs(revisionWindow, config.quality());
        this.reading = reading;
        this.venueMs = venueMs;
        this.errors = errors;
        written = counters.counter("quality.certificates", "Certificates of days that were written");
        pending = counters.gauge(
                "quality.certificates-pending", "Certificates that wait until the exchange was asked again");
        upTo = counters.gauge("quality.certified-day", "Last day that was certified, in days since 1970; 0 for none");
        lookout = new Lookout("certify", this::work, errors);
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
            if (Thread.interrupted()) {
                throw new InterruptedException("closed while it certified"); // the next start goes on
            }
            nextMs = nowMs + PAUSE_MS;
            errors.record("certify", e);
            LOG.warn("days are not certified: {}; tried again in a minute", e.getMessage());
        }
        return true;
    }

    private void certify(Reading tables, long nowMs) throws IOException, InterruptedException {
        Asking asking = (sql, row) -> tables.query(sql, new Limits(Long.MAX_VALUE, PATIENCE), ResultSink.of(row));
        LocalDate end = LocalDate.ofEpochDay(Math.floorDiv(nowMs - settledMs, DAY_MS));
        CertifiedDays done = CertifiedDays.write(
                new Certificates(lake),
                new QualityTables(asking, revisionWindow),
                end.minusDays(DAYS),
                end,
                JournalReader.oldest(journal));
        written.add(done.written());
        pending.set(done.pending());
        done.last().ifPresent(day -> upTo.set(Math.max(upTo.get(), day.toEpochDay())));
        if (done.written() > 0) {
            LOG.info(
                    "certified up to {}: {} certificates, {}; {} wait until the exchange was asked again",
                    end.minusDays(1),
                    done.written(),
                    done.states().toString().toLowerCase(Locale.ROOT),
                    done.pending());
        }
        long nextDayMs = (end.toEpochDay() + 1) * DAY_MS + settledMs;
        nextMs = done.pending() > 0 ? Math.min(nextDayMs, nowMs + HOUR_MS) : nextDayMs;
    }

    /** Stops; what is not certified yet is by the next start. */
    @Override
    public void close() {
        lookout.close();
    }
}
