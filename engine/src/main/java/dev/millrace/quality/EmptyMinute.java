package dev.millrace.quality;

import java.time.Duration;
import java.util.Collection;
import java.util.LongSummaryStatistics;

/**
 * When a minute without a bar is proven to have had no trade: our own stream was whole in it, or the exchange's candle counts
 * none, or the exchange gave no candle on two reads at least 120 s apart.
 */
final class EmptyMinute {

    private static final long APART_NS = Duration.ofMinutes(2).toNanos();

    private EmptyMinute() {}

    /** By the exchange's candle. */
    static boolean isProvenBy(BarValues candle) {
        return candle.isEmpty();
    }

    /**
     * By its absence.
     *
     * @param readsNs when the exchange was asked for the minute behind its end, ns
     */
    static boolean isProvenByAbsence(Collection<Long> readsNs) {
        return areApart(readsNs);
    }

    /** Whether two of these reads are far enough apart to be two opinions. */
    static boolean areApart(Collection<Long> readsNs) {
        LongSummaryStatistics reads =
                readsNs.stream().mapToLong(Long::longValue).summaryStatistics();
        return reads.getCount() > 1 && reads.getMax() - reads.getMin() >= APART_NS;
    }
}
