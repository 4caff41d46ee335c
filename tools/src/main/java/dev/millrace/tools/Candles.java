package dev.millrace.tools;

import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars as candles in a terminal of 80 columns: one column for each bar, rising bodies light, falling ones full. */
final class Candles implements ResultSink {

    /** What an answer must give, in this order; see {@link Projected}. */
    static final List<String> COLUMNS = List.of("timestamp", "open", "high", "low", "close");

    /** Most bars that fit beside the prices. */
    static final int MOST = 66;

    private static final int ROWS = 18;
    private static final int LABEL = 12;

    private final List<Candle> candles = new ArrayList<>();

    private record Candle(String time, double open, double high, double low, double close) {}

    @Override
    public void columns(List<ResultColumn> columns) {
        candles.clear();
    }

    /** A bar without prices leaves its column free. */
    @Override
    public void row(List<Object> values) {
        candles.add(new Candle(
                (String) values.get(0),
                price(values.get(1)),
                price(values.get(2)),
                price(values.get(3)),
                price(values.get(4))));
    }

    private static double price(Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    void print(PrintWriter out) {
        double top = candles.stream()
                .mapToDouble(Candle::high)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
        double bottom = candles.stream()
                .mapToDouble(Candle::low)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.NaN);
        if (Double.isNaN(top)) {
            out.println("no bar has a price");
            return;
        }
        double step = top > bottom ? (top - bottom) / ROWS : Math.max(Math.abs(top), 1) / ROWS;
        for (int row = 0; row < ROWS; row++) {
            double upper = top - row * step;
            boolean labelled = row % 3 == 0 || row == ROWS - 1;
            StringBuilder line = new StringBuilder(labelled ? label(upper - step / 2) : " ".repeat(LABEL)).append(" │");
            for (Candle candle : candles) {
                line.append(cell(candle, upper - step, upper, row == ROWS - 1));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println(" ".repeat(LABEL) + " └" + "─".repeat(candles.size()));
        out.println(" ".repeat(LABEL + 2) + candles.get(0).time() + " … "
                + candles.get(candles.size() - 1).time());
        out.println(" ".repeat(LABEL + 2) + "░ rising  █ falling  │ high to low");
    }

    private static String label(double price) {
        String text = String.format(Locale.ROOT, "%.6g", price);
        String plain = RowText.plain(Double.valueOf(text));
        return " ".repeat(Math.max(0, LABEL - plain.length())) + plain;
    }

    /** The row of prices in {@code (lower, upper]}; the lowest row takes its lower edge too. */
    private static char cell(Candle candle, double lower, double upper, boolean lowest) {
        double bodyTop = Math.max(candle.open, candle.close);
        double bodyBottom = Math.min(candle.open, candle.close);
        if (touches(bodyBottom, bodyTop, lower, upper, lowest)) {
            return candle.close >= candle.open ? '░' : '█';
        }
        return touches(candle.low, candle.high, lower, upper, lowest) ? '│' : ' ';
    }

    private static boolean touches(double from, double to, double lower, double upper, boolean lowest) {
        return from <= upper && (to > lower || (lowest && to >= lower - Math.ulp(lower) * 8));
    }
}
