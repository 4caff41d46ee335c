package dev.millrace.barlog;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the days that the journal has outlived: sealed, and each of their bars made by a record that is no longer there,
 * so that no replay can make one again. Works on the thread of the bar log; what the disk refuses is reported and tried
 * again when the journal loses its next hour.
 */
final class DayRetention {

    private static final Logger LOG = LoggerFactory.getLogger(DayRetention.class);

    private final Path dir;
    private final ErrorLog errors;
    private final Counter deleted;
    private volatile long firstSequence;
    private long doneUpTo;

    DayRetention(Path dir, Counters counters, ErrorLog errors) {
        this.dir = dir;
        this.errors = errors;
        deleted = counters.counter("barlog.days-deleted", "Days of the bar log deleted with the journal's last record");
    }

    /** The journal begins with this record now. Any thread. */
    void journalBeginsAt(long sequence) {
        firstSequence = sequence;
    }

    /**
     * Deletes what has become due since the last call.
     *
     * @param unsealed the days that are still written
     */
    void run(Set<Long> unsealed) {
        long beginning = firstSequence;
        if (beginning == doneUpTo) {
            return;
        }
        doneUpTo = beginning;
        try {
            for (Map.Entry<Long, Path> day : DayLayout.days(dir).entrySet()) {
                if (!unsealed.contains(day.getKey()) && DayFile.lastSequence(day.getValue()) < beginning) {
                    delete(day.getKey());
                }
            }
        } catch (IOException | BarLogException e) {
            errors.record("bar log", e);
            LOG.warn("old days of the bar log stay in {}: {}", dir, e.getMessage());
        }
    }

    /** The seal last: a log without one is taken for a day that is still written. */
    private void delete(long day) throws IOException {
        Files.deleteIfExists(DayLayout.damagedCopy(DayLayout.log(dir, day)));
        Files.deleteIfExists(DayLayout.log(dir, day));
        Files.deleteIfExists(DayLayout.seal(dir, day));
        deleted.increment();
    }
}
