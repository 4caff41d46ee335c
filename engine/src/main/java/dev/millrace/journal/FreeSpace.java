package dev.millrace.journal;

import dev.millrace.market.IntakeSwitch;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the intake below {@code journal.min-free} and lets it go on above one and a half times as much, so that a disk
 * that hovers at the limit does not make it flutter. One thread checks; the accessors are for any.
 */
final class FreeSpace {

    private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);
    private static final double MIB = 1 << 20;

    private final long minFree;
    private final LongSupplier free;
    private final LongSupplier written;
    private final NanoClock clock;
    private final IntakeSwitch intake;
    private final Counter freeGauge;
    private final Counter stops;
    private final long startNs;
    private final long writtenAtStart;
    private volatile long lastFree;
    private volatile String stopped = "";

    /**
     * @param free bytes that the journal may still use
     * @param written bytes of records appended so far: what a day costs
     */
    FreeSpace(
            long minFree,
            LongSupplier free,
            LongSupplier written,
            NanoClock clock,
            IntakeSwitch intake,
            Counters counters) {
        this.minFree = minFree;
        this.free = free;
        this.written = written;
        this.clock = clock;
        this.intake = intake;
        freeGauge = counters.gauge("journal.free-bytes", "Bytes of disk left for the journal");
        stops = counters.counter("journal.intake-stops", "times the intake stopped because the disk was nearly full");
        startNs = clock.nowNs();
        writtenAtStart = written.getAsLong();
        lastFree = free.getAsLong();
    }

    /** Looks once; tells the intake when it has to change. */
    void check() {
        long now = free.getAsLong();
        lastFree = now;
        freeGauge.set(now);
        if (stopped.isEmpty() && now < minFree) {
            stop(String.format(Locale.ROOT, "%.0f MiB free, journal.min-free is %.0f MiB", now / MIB, minFree / MIB));
        } else if (!stopped.isEmpty() && now > resumeAbove()) {
            resume(now);
        }
    }

    /** Any reason; lasts until there is room enough. */
    void stop(String why) {
        if (stopped.isEmpty()) {
            stopped = why;
            stops.increment();
            LOG.error("the intake stops: {}; it goes on above {} MiB", why, Math.round(resumeAbove() / MIB));
            intake.stop(why);
        }
    }

    private void resume(long now) {
        String why = String.format(Locale.ROOT, "%.0f MiB free", now / MIB);
        LOG.warn("the intake goes on: {}", why);
        stopped = "";
        intake.resume(why);
    }

    private long resumeAbove() {
        return minFree + minFree / 2;
    }

    /** Why the intake is stopped, with the figures; empty while it is not. */
    String stopped() {
        String why = stopped;
        return why.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "the intake is stopped: %s; now %.0f MiB are free, it goes on above %.0f MiB",
                        why,
                        lastFree / MIB,
                        resumeAbove() / MIB);
    }

    /** When the intake will stop if records come as they have since the start; empty while nothing came. */
    Optional<Duration> untilFull() {
        double bytes = written.getAsLong() - writtenAtStart;
        double elapsedNs = clock.nowNs() - startNs;
        if (bytes <= 0 || elapsedNs <= 0) {
            return Optional.empty();
        }
        double seconds = Math.max(0, lastFree - minFree) / bytes * elapsedNs / 1e9;
        return Optional.of(Duration.ofSeconds((long) seconds));
    }
}
