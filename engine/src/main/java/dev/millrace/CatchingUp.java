package dev.millrace;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log how far the tables have come, while they have more than a moment's work before them. One thread. */
final class CatchingUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchingUp.class);
    private static final long INTERVAL_NS = Duration.ofSeconds(10).toNanos();
    private static final double NS_PER_SECOND = 1e9;

    private final long from;
    private final long end;
    private final LongSupplier nanoTime;
    private final long startNs;
    private long toldNs;
    private boolean told;
    private boolean done;

    /** @param end the journal's last record at the start; what comes behind it no longer counts as catching up */
    CatchingUp(long from, long end, LongSupplier nanoTime) {
        this.from = from;
        this.end = end;
        this.nanoTime = nanoTime;
        startNs = nanoTime.getAsLong();
        toldNs = startNs;
    }

    /** @param idle whether nothing more is there */
    void reached(long sequence, boolean idle) {
        if (done) {
            return;
        }
        long nowNs = nanoTime.getAsLong();
        done = idle || sequence >= end;
        if (done && told) {
            LOG.info("the tables have caught up at record {}", sequence);
        } else if (!done && nowNs - toldNs >= INTERVAL_NS) {
            LOG.info("{}", words(sequence, nowNs));
            toldNs = nowNs;
            told = true;
        }
    }

    private String words(long sequence, long nowNs) {
        double perSecond = (sequence - from) * NS_PER_SECOND / Math.max(1, nowNs - startNs);
        long left = Math.round((end - sequence) / Math.max(perSecond, 1));
        return String.format(
                Locale.ROOT,
                "the tables catch up: record %,d of %,d, %.1f %%, about %d s left",
                sequence,
                end,
                100.0 * (sequence - from) / Math.max(1, end - from),
                left);
    }
}
