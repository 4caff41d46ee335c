package dev.millrace.discovery;

import dev.millrace.config.GateConfig;
import dev.millrace.market.DayMeasures;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The closed days before a decision. The day of the decision itself is still forming and never counts. */
final class DayHistory {

    private static final int VOLUME_DAYS = 7;

    private final NavigableMap<Long, DayCandle> closed = new TreeMap<>();
    private final long today;
    private final GateConfig gates;
    private final DailyReturns returns;

    /**
     * @param candles in any order; those that break the rules of a candle and those of other days are left out
     * @param today UTC day of the decision, since 1970
     */
    DayHistory(List<DayCandle> candles, long today, GateConfig gates) {
        this.today = today;
        this.gates = gates;
        for (DayCandle candle : candles) {
            if (candle.isSound() && candle.day() < today && candle.day() >= today - gates.candleDays()) {
                closed.put(candle.day(), candle);
            }
        }
        NavigableMap<Long, Double> closes = new TreeMap<>();
        closed.forEach((day, candle) -> closes.put(day, candle.close()));
        returns = new DailyReturns(closes);
    }

    DailyReturns returns() {
        return returns;
    }

    DayMeasures measures() {
        double volume = Median.of(LongStream.range(today - VOLUME_DAYS, today).mapToDouble(this::quoteVolume));
        double deviation = returns.count() < gates.minReturns() ? Double.NaN : returns.deviation();
        return new DayMeasures(closed.size(), volume, deviation);
    }

    private double quoteVolume(long day) {
        DayCandle candle = closed.get(day);
        return candle == null ? 0 : candle.quoteVolume();
    }
}
