package dev.millrace.discovery;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The ln returns of a coin from one day's close to the next day's, by the later day. A day without a candle gives none,
 * neither to itself nor to the day after it.
 */
final class DailyReturns {

    private final NavigableMap<Long, Double> byDay = new TreeMap<>();

    /** @param closes closing price by UTC day since 1970 */
    DailyReturns(NavigableMap<Long, Double> closes) {
        closes.forEach((day, close) -> {
            Double before = closes.get(day - 1);
            if (before != null) {
                byDay.put(day, Math.log(close / before));
            }
        });
    }

    int count() {
        return byDay.size();
    }

    /** Sample standard deviation; NaN of fewer than two. */
    double deviation() {
        double mean = byDay.values().stream().mapToDouble(r -> r).sum() / byDay.size();
        double squares = 0;
        for (double r : byDay.values()) {
            squares += (r - mean) * (r - mean);
        }
        return byDay.size() < 2 ? Double.NaN : Math.sqrt(squares / (byDay.size() - 1));
    }

    /**
     * Pearson's correlation over the days that both have; 1, which is the careful answer, when those are fewer than
     * {@code least} or one of the two does not move.
     */
    double correlation(DailyReturns other, int least) {
        double[][] pairs = byDay.entrySet().stream()
                .filter(entry -> other.byDay.containsKey(entry.getKey()))
                .map(entry -> new double[] {entry.getValue(), other.byDay.get(entry.getKey())})
                .toArray(double[][]::new);
        if (pairs.length < least) {
            return 1;
        }
        double rho = pearson(pairs);
        return Double.isNaN(rho) ? 1 : rho;
    }

    private static double pearson(double[][] pairs) {
        double meanX = 0;
        double meanY = 0;
        for (double[] pair : pairs) {
            meanX += pair[0] / pairs.length;
            meanY += pair[1] / pairs.length;
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (double[] pair : pairs) {
            double x = pair[0] - meanX;
            double y = pair[1] - meanY;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
    }
}
