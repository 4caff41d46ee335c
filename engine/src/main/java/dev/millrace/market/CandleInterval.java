package dev.millrace.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The venue's candle intervals: buckets {@code [start, end)} in UTC, aligned to 1970, but for a week, which begins on
 * Monday, and a month, which begins on its first. {@code 1m} is a minute, {@code 1M} a month.
 */
public enum CandleInterval {
    ONE_MINUTE("1m", 1),
    THREE_MINUTES("3m", 3),
    FIVE_MINUTES("5m", 5),
    QUARTER_HOUR("15m", 15),
    HALF_HOUR("30m", 30),
    ONE_HOUR("1h", 60),
    TWO_HOURS("2h", 120),
    FOUR_HOURS("4h", 240),
    EIGHT_HOURS("8h", 480),
    HALF_DAY("12h", 720),
    ONE_DAY("1d", 1_440),
    THREE_DAYS("3d", 4_320),
    ONE_WEEK("1w", 10_080),
    ONE_MONTH("1M", 0);

    private static final long MINUTE_MS = 60_000;
    /** 1970-01-05 was a Monday. */
    private static final long FIRST_MONDAY_MS = 4 * 1_440 * MINUTE_MS;

    private static final int MONTHS_PER_YEAR = 12;

    private final String label;
    private final long lengthMs;

    CandleInterval(String label, long minutes) {
        this.label = label;
        lengthMs = minutes * MINUTE_MS;
    }

    /**
     * The interval that the venue calls so; letter case counts.
     *
     * @throws IllegalArgumentException with all that there are
     */
    public static CandleInterval of(String label) {
        return Arrays.stream(values())
                .filter(interval -> interval.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is no interval of the venue; it has "
                        + Arrays.stream(values()).map(CandleInterval::label).collect(Collectors.joining(" "))));
    }

    /** As the venue writes it. */
    public String label() {
        return label;
    }

    /** Start of the bucket that holds this time, ms since 1970. */
    public long startOf(long timeMs) {
        return startOf(timeMs, 0);
    }

    /**
     * Start of the bucket so many after the one that holds this time, ms since 1970.
     *
     * @param buckets negative for earlier ones
     */
    public long startOf(long timeMs, long buckets) {
        if (this == ONE_MONTH) {
            return startOfMonth(monthOf(timeMs) + buckets);
        }
        long origin = this == ONE_WEEK ? FIRST_MONDAY_MS : 0;
        return timeMs - Math.floorMod(timeMs - origin, lengthMs) + buckets * lengthMs;
    }

    /** How many buckets begin in {@code [fromMs, toMs)}. */
    public long startsIn(long fromMs, long toMs) {
        if (toMs <= fromMs) {
            return 0;
        }
        long first = startOf(fromMs) == fromMs ? fromMs : startOf(fromMs, 1);
        long last = startOf(toMs - 1);
        if (last < first) {
            return 0;
        }
        return 1 + (this == ONE_MONTH ? monthOf(last) - monthOf(first) : (last - first) / lengthMs);
    }

    /** Months since year 0. */
    private static long monthOf(long timeMs) {
        LocalDate day = Instant.ofEpochMilli(timeMs).atZone(ZoneOffset.UTC).toLocalDate();
        return (long) day.getYear() * MONTHS_PER_YEAR + day.getMonthValue() - 1;
    }

    private static long startOfMonth(long month) {
        return LocalDate.of(
                        (int) Math.floorDiv(month, (long) MONTHS_PER_YEAR),
                        (int) Math.floorMod(month, (long) MONTHS_PER_YEAR) + 1,
                        1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }

    @Override
    public String toString() {
        return label;
    }
}
