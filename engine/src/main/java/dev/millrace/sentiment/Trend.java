package dev.millrace.sentiment;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Where the index is going, over a look-back of so many days: the least-squares line by real dates, since days are missing
 * from the index.
 *
 * @param slopePerDay of the line
 * @param standardError of the slope
 * @param strength min(1, |slope| · (look-back − 1) / 25): 1 when the line crosses a quarter of the scale
 * @param volatility sample standard deviation of the changes from one day to the next; NaN with fewer than two of them
 * @param days that had a value
 */
public record Trend(double slopePerDay, double standardError, double strength, double volatility, int days) {

    private static final double LEAST_PRESENT = 0.7;
    /** A line has two parameters; its error needs one day more. */
    private static final int LEAST_DAYS = 3;

    private static final double QUARTER = 25;

    /** Up or down when the slope exceeds two standard errors. */
    public enum Direction {
        UP,
        DOWN,
        FLAT
    }

    /**
     * The trend of the days that end with {@code lastDay}.
     *
     * @param values by day, 0 to 100
     * @param lookBack days
     * @return empty when fewer than 70 % of the days, or fewer than three, have a value
     */
    public static Optional<Trend> of(NavigableMap<LocalDate, Integer> values, LocalDate lastDay, int lookBack) {
        LocalDate firstDay = lastDay.minusDays(lookBack - 1L);
        NavigableMap<LocalDate, Integer> present = values.subMap(firstDay, true, lastDay, true);
        int days = present.size();
        if (days < LEAST_DAYS || days < LEAST_PRESENT * lookBack) {
            return Optional.empty();
        }
        double meanDay = mean(present.keySet().stream()
                .map(day -> (double) ChronoUnit.DAYS.between(firstDay, day))
                .toList());
        double meanValue = mean(present.values().stream().map(Double::valueOf).toList());
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (Map.Entry<LocalDate, Integer> entry : present.entrySet()) {
            double x = ChronoUnit.DAYS.between(firstDay, entry.getKey()) - meanDay;
            double y = entry.getValue() - meanValue;
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        double slope = xy / xx;
        double residual = Math.max(0, yy - slope * xy);
        double error = Math.sqrt(residual / (days - 2) / xx);
        double strength = Math.min(1, Math.abs(slope) * (lookBack - 1) / QUARTER);
        return Optional.of(new Trend(slope, error, strength, volatility(present), days));
    }

    public Direction direction() {
        if (Math.abs(slopePerDay) <= 2 * standardError) {
            return Direction.FLAT;
        }
        return slopePerDay > 0 ? Direction.UP : Direction.DOWN;
    }

    /** Changes over a missing day are no daily ones. */
    private static double volatility(NavigableMap<LocalDate, Integer> values) {
        List<Double> changes = values.entrySet().stream()
                .filter(entry -> values.containsKey(entry.getKey().minusDays(1)))
                .map(entry ->
                        (double) (entry.getValue() - values.get(entry.getKey().minusDays(1))))
                .toList();
        double mean = mean(changes);
        double squares = changes.stream()
                .mapToDouble(change -> (change - mean) * (change - mean))
                .sum();
        return changes.size() < 2 ? Double.NaN : Math.sqrt(squares / (changes.size() - 1));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
