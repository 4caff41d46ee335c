package dev.millrace.market;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bar length such as {@code 1m}: buckets {@code [start, start + millis)} aligned to 1970, UTC.
 *
 * @param label as configured and printed
 * @param millis length, a divisor of a day or a whole number of days
 */
public record Timeframe(String label, long millis) implements Comparable<Timeframe> {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([smhd])");
    private static final long DAY = 86_400_000L;

    /**
     * Reads {@code 1s 5m 4h 1d} and the like.
     *
     * @throws IllegalArgumentException with what would be valid
     */
    public static Timeframe parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a timeframe; write a number and s, m, h or d: 1m");
        }
        long unit = switch (matcher.group(2)) {
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> DAY;
        };
        long millis = Long.parseLong(matcher.group(1)) * unit;
        if (DAY % millis != 0 && millis % DAY != 0) {
            throw new IllegalArgumentException("timeframe " + text + " must divide a day or be whole days");
        }
        return new Timeframe(text, millis);
    }

    /** Start of the bucket that holds this exchange time. */
    public long startOf(long timeMs) {
        return timeMs - Math.floorMod(timeMs, millis);
    }

    @Override
    public int compareTo(Timeframe other) {
        return Long.compare(millis, other.millis);
    }

    @Override
    public String toString() {
        return label;
    }
}
