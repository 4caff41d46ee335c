package dev.millrace.order;

import dev.millrace.market.CandleAnswer;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.CandleRead;
import dev.millrace.market.Gap;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Optional;

/**
 * When the candles of one interval that a gap lies in were read, and when they are to be read next. Minutes are read three
 * times: 10 s after the last one's end, 2 min after that, since the venue sends some late, and once more in the next hour;
 * longer candles once, when they are final. All times are the venue's, ms.
 */
final class IntervalReads {

    /** A candle this young may still change: it is a row, and fills nothing yet. */
    static final long FINAL_MS = 120_000;

    private static final long SETTLING_MS = 10_000;
    private static final long HOUR_MS = 3_600_000;
    /** The hourly comparison reads the same minutes when the hour begins; that suffices. */
    private static final long AFTER_HOURLY_MS = 300_000;
    /** The venue keeps 5,000 candles of an interval; time passes between a question and its answer. */
    private static final int REACHED = 4_980;

    private static final int ASKED = 4_990;
    private static final long NEVER = Long.MIN_VALUE;

    private final CandleInterval interval;
    private final long fromMs;
    private final long toMs;
    private long firstMs = NEVER;
    private long lastMs = NEVER;

    IntervalReads(Gap gap, CandleInterval interval) {
        this.interval = interval;
        fromMs = interval.startOf(gap.fromMs());
        toMs = interval.startOf(gap.toMs() - 1, 1);
    }

    CandleInterval interval() {
        return interval;
    }

    /** Start of the first bucket. */
    long fromMs() {
        return fromMs;
    }

    /** End of the last bucket. */
    long toMs() {
        return toMs;
    }

    /** Whether the venue no longer keeps the candle that begins then. */
    boolean isOutOfReach(long startMs, long nowMs) {
        return startMs < interval.startOf(nowMs, -REACHED);
    }

    /** Whether all was read 2 min ago or earlier. */
    boolean wasReadBefore(long nowMs) {
        return firstMs != NEVER && nowMs - firstMs >= FINAL_MS;
    }

    /** Counts as a read when it asked for all that the venue still keeps, and late enough. */
    void onAnswer(CandleAnswer answer) {
        long nowMs = answer.venueMs();
        long neededMs = Math.max(fromMs, interval.startOf(nowMs, -REACHED));
        boolean whole = answer.fromMs() <= neededMs && answer.toMs() >= toMs;
        if (whole && nowMs >= toMs + (isMinute() ? SETTLING_MS : FINAL_MS)) {
            firstMs = firstMs == NEVER ? nowMs : firstMs;
            lastMs = nowMs;
        }
    }

    /** Whether there will be nothing more to read. */
    boolean isOver(long nowMs) {
        return dueMs() == NEVER || isOutOfReach(toMs - 1, nowMs);
    }

    /** What is to be read now. */
    Optional<CandleRead> due(String coin, long nowMs) {
        return isOver(nowMs) || nowMs < dueMs()
                ? Optional.empty()
                : Optional.of(new CandleRead(coin, interval, Math.max(fromMs, interval.startOf(nowMs, -ASKED)), toMs));
    }

    private long dueMs() {
        if (firstMs == NEVER) {
            return toMs + SETTLING_MS + (isMinute() ? 0 : FINAL_MS);
        }
        if (!isMinute()) {
            return NEVER;
        }
        if (lastMs - firstMs < FINAL_MS) {
            return firstMs + FINAL_MS;
        }
        long nextHourMs = toMs - Math.floorMod(toMs, HOUR_MS) + HOUR_MS;
        return lastMs < nextHourMs ? nextHourMs + AFTER_HOURLY_MS : NEVER;
    }

    private boolean isMinute() {
        return interval == CandleInterval.ONE_MINUTE;
    }

    void writeTo(StateWriter out) {
        out.writeInt(interval.ordinal());
        out.writeLong(firstMs);
        out.writeLong(lastMs);
    }

    static IntervalReads readFrom(Gap gap, StateReader in) {
        CandleInterval[] intervals = CandleInterval.values();
        IntervalReads reads = new IntervalReads(gap, intervals[in.readIndex(intervals.length)]);
        reads.firstMs = in.readLong();
        reads.lastMs = in.readLong();
        return reads;
    }
}
