package dev.millrace.quality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.agrona.collections.Long2LongCounterMap;

/** Adds up what the records of a day say of the streams, by symbol; what it takes is bounded by how many different ms there are. */
public final class StreamCounts {

    /** As in {@code freshness}: fewer intervals say nothing. */
    private static final int ENOUGH = 8;

    private static final double SEVEN_OF_EIGHT = 7 / 8.0;

    private final Map<Integer, OfSymbol> symbols = new HashMap<>();

    /** Streams that come at a cadence. */
    public enum Clocked {
        L2_BOOK("l2Book"),
        L2_BOOK_FAST("l2Book-fast"),
        CONTEXT("activeAssetCtx");

        private final String label;

        Clocked(String label) {
            this.label = label;
        }
    }

    private static final class OfSymbol {
        private long duplicates;
        private final Long2LongCounterMap offsetsMs = new Long2LongCounterMap(0);
        private final Map<Clocked, Long2LongCounterMap> intervalsMs = new EnumMap<>(Clocked.class);
    }

    /** A trade came once more. */
    public void duplicate(int symbol) {
        of(symbol).duplicates++;
    }

    /** A frame that was just made came so long after the exchange's time, by the local clock. */
    public void offset(int symbol, long ms) {
        of(symbol).offsetsMs.incrementAndGet(ms);
    }

    /** So long after the frame before it came the next one. */
    public void interval(int symbol, Clocked stream, long ms) {
        of(symbol)
                .intervalsMs
                .computeIfAbsent(stream, kind -> new Long2LongCounterMap(0))
                .incrementAndGet(ms);
    }

    private OfSymbol of(int symbol) {
        return symbols.computeIfAbsent(symbol, id -> new OfSymbol());
    }

    /** By symbol. */
    public Map<String, DayStreams> build(IntFunction<String> names) {
        Map<Clocked, Long> expected = new EnumMap<>(Clocked.class);
        for (Clocked stream : Clocked.values()) {
            median(stream).ifPresent(ms -> expected.put(stream, ms));
        }
        Map<String, DayStreams> built = new HashMap<>();
        symbols.forEach((symbol, of) -> built.put(names.apply(symbol), build(of, expected)));
        return built;
    }

    private static DayStreams build(OfSymbol of, Map<Clocked, Long> expected) {
        SortedMap<String, DayStreams.Cadence> cadences = new TreeMap<>();
        expected.forEach((stream, ms) -> cadence(of, stream)
                .ifPresent(measured -> cadences.put(stream.label, new DayStreams.Cadence(measured, ms))));
        return new DayStreams(of.duplicates, quantile(of.offsetsMs, 0.5), quantile(of.offsetsMs, 0.99), cadences);
    }

    /** Of the symbols' cadences. */
    private OptionalLong median(Clocked stream) {
        List<Long> all = new ArrayList<>();
        symbols.values().forEach(of -> cadence(of, stream).ifPresent(all::add));
        all.sort(null);
        return all.isEmpty() ? OptionalLong.empty() : OptionalLong.of(all.get(all.size() / 2));
    }

    private static OptionalLong cadence(OfSymbol of, Clocked stream) {
        Long2LongCounterMap intervals = of.intervalsMs.get(stream);
        return intervals == null || total(intervals) < ENOUGH
                ? OptionalLong.empty()
                : quantile(intervals, SEVEN_OF_EIGHT);
    }

    /** The least value that this share of all does not exceed. */
    private static OptionalLong quantile(Long2LongCounterMap values, double share) {
        NavigableMap<Long, Long> ascending = new TreeMap<>();
        values.forEach(ascending::put);
        double left = share * total(values);
        for (Map.Entry<Long, Long> value : ascending.entrySet()) {
            left -= value.getValue();
            if (left <= 0) {
                return OptionalLong.of(value.getKey());
            }
        }
        return OptionalLong.empty();
    }

    private static long total(Long2LongCounterMap values) {
        long[] total = {0};
        values.forEach((value, count) -> total[0] += count);
        return total[0];
    }
}
