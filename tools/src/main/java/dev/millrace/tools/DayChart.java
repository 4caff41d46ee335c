package dev.millrace.tools;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/** Values from 0 to 100 by day as columns in a terminal of 80; of many days a column is the mean of several. */
final class DayChart {

    /** Most columns that fit beside the scale. */
    static final int MOST = 72;

    private static final int ROWS = 10;
    private static final double TOP = 100;
    private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

    private final LocalDate first;
    private final LocalDate last;
    private final int daysEach;
    /** NaN where no day has a value. */
    private final double[] columns;

    /**
     * @param values of one day or more
     * @param days that end with the last of them
     */
    DayChart(NavigableMap<LocalDate, Integer> values, int days) {
        last = values.lastKey();
        long known = ChronoUnit.DAYS.between(values.firstKey(), last) + 1;
        int shown = (int) Math.min(days, known);
        first = last.minusDays(shown - 1L);
        daysEach = (shown + MOST - 1) / MOST;
        columns = new double[(shown + daysEach - 1) / daysEach];
        int[] counts = new int[columns.length];
        for (Map.Entry<LocalDate, Integer> entry : values.entrySet()) {
            int column = (int) (ChronoUnit.DAYS.between(first, entry.getKey()) / daysEach);
            columns[column] += entry.getValue();
            counts[column]++;
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i] /= counts[i];
        }
    }

    void print(PrintWriter out) {
        for (int row = 0; row < ROWS; row++) {
            double upper = TOP - row * TOP / ROWS;
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%3.0f │", upper));
            for (double value : columns) {
                line.append(cell(value, upper - TOP / ROWS));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println("  0 └" + "─".repeat(columns.length));
        out.println("     " + first + " … " + last
                + (daysEach > 1 ? ", each column the mean of " + daysEach + " days" : ""));
    }

    /** A day without a value leaves its column free; 0 shows as a line at the bottom. */
    private static char cell(double value, double lower) {
        if (Double.isNaN(value)) {
            return ' ';
        }
        long eighths = Math.round((value - lower) / (TOP / ROWS) * 8);
        long least = lower == 0 ? 1 : 0;
        return EIGHTHS.charAt((int) Math.max(least, Math.min(8, eighths)));
    }
}
