package dev.millrace.quality;

import dev.millrace.market.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the bars of a timeframe equal the roll-up of the next finer that there is: prices and counts exactly, volumes to 12
 * digits, since a sum of doubles is not the double of the sum; and a complete one holds complete ones only.
 *
 * @param buckets that were compared
 * @param aligned of them, those that are equal
 */
record Alignment(long buckets, long aligned) {

    private static final double SUM_ERROR = 1e-12;

    static Alignment of(DayRows rows, Timeframe timeframe) {
        Optional<Timeframe> finer = finer(rows, timeframe);
        return finer.map(next -> of(rows, timeframe, next)).orElse(new Alignment(0, 0));
    }

    /** The longest of shorter ones that fits into it. */
    private static Optional<Timeframe> finer(DayRows rows, Timeframe timeframe) {
        TreeSet<Timeframe> shorter = new TreeSet<>();
        rows.own().stream()
                .map(DayBar::timeframe)
                .distinct()
                .map(Timeframe::parse)
                .forEach(shorter::add);
        shorter.removeIf(other -> other.millis() >= timeframe.millis() || timeframe.millis() % other.millis() != 0);
        return shorter.isEmpty() ? Optional.empty() : Optional.of(shorter.last());
    }

    private static Alignment of(DayRows rows, Timeframe timeframe, Timeframe finer) {
        Map<Long, DayBar> coarse = new TreeMap<>();
        rows.own(timeframe.label()).forEach(bar -> coarse.put(bar.startMs(), bar));
        Map<Long, List<DayBar>> parts = new TreeMap<>();
        rows.own(finer.label())
                .forEach(bar -> parts.computeIfAbsent(timeframe.startOf(bar.startMs()), start -> new ArrayList<>())
                        .add(bar));
        TreeSet<Long> starts = new TreeSet<>(coarse.keySet());
        starts.addAll(parts.keySet());
        starts.removeIf(start -> start + timeframe.millis() > rows.expected().toMs());
        long aligned = starts.stream()
                .filter(start -> isAligned(coarse.get(start), parts.getOrDefault(start, List.of())))
                .count();
        return new Alignment(starts.size(), aligned);
    }

    private static boolean isAligned(DayBar coarse, List<DayBar> parts) {
        if (coarse == null) {
            return parts.stream().allMatch(bar -> bar.values().isEmpty());
        }
        List<BarValues> traded = parts.stream()
                .map(DayBar::values)
                .filter(values -> !values.isEmpty())
                .toList();
        if (coarse.complete() && !parts.stream().allMatch(DayBar::complete)) {
            return false;
        }
        return traded.isEmpty() ? coarse.values().isEmpty() : isEqual(coarse.values(), traded);
    }

    private static boolean isEqual(BarValues coarse, List<BarValues> parts) {
        double high = parts.stream().mapToDouble(BarValues::high).max().orElseThrow();
        double low = parts.stream().mapToDouble(BarValues::low).min().orElseThrow();
        double volume = parts.stream().mapToDouble(BarValues::volume).sum();
        long count = parts.stream().mapToLong(BarValues::tradeCount).sum();
        return coarse.open() == parts.get(0).open()
                && coarse.close() == parts.get(parts.size() - 1).close()
                && coarse.high() == high
                && coarse.low() == low
                && coarse.tradeCount() == count
                && Math.abs(coarse.volume() - volume) <= SUM_ERROR * Math.abs(volume);
    }
}
