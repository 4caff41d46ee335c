package dev.millrace.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest bars of a symbol, timeframe and basis, as the tables hold them. What is committed while it is being loaded waits,
 * and is applied as far as the loaded rows do not hold it. Any thread.
 */
final class BarSeries {

    private final int capacity;
    /** By start of the bucket, the one to give first, then those of other sources. */
    private final NavigableMap<Long, List<StoredBar>> buckets = new TreeMap<>();

    private final List<StoredBar> waiting = new ArrayList<>();
    private boolean loaded;
    /** No older bars than these are in the tables. */
    private boolean whole;

    /** Null when a bucket has changed since it was made. */
    private Given given;

    private long loadedTo;
    private List<ResultColumn> columns = List.of();

    BarSeries(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes what the tables held at one moment.
     *
     * @param rows the newest {@code capacity} buckets of each source, or all
     * @param reached the committed sequence of that moment
     * @return false when what was committed since cannot be told from them
     */
    synchronized boolean load(List<ResultColumn> rowColumns, List<StoredBar> rows, long reached) {
        columns = rowColumns;
        loadedTo = reached;
        rows.forEach(this::place);
        whole = buckets.size() < capacity;
        loaded = true;
        loaded = waiting.stream().allMatch(this::apply);
        waiting.clear();
        return loaded;
    }

    /**
     * Takes a committed row.
     *
     * @return false when it is not newer than what is held: then only the tables know what counts
     */
    synchronized boolean apply(StoredBar bar) {
        if (!loaded) {
            waiting.add(bar);
            return true;
        }
        if (bar.sequence() <= loadedTo || (!whole && bar.startMicros() < buckets.firstKey())) {
            return true; // it is here already, or older than all that is kept
        }
        boolean newer = place(bar);
        if (buckets.size() > capacity) {
            buckets.pollFirstEntry();
            given = null;
            whole = false;
        }
        return newer;
    }

    private boolean place(StoredBar bar) {
        List<StoredBar> sources = new ArrayList<>(2);
        for (StoredBar held : buckets.getOrDefault(bar.startMicros(), List.of())) {
            if (!held.source().equals(bar.source())) {
                sources.add(held);
            } else if (!bar.replaces(held)) {
                return false;
            }
        }
        given = null;
        sources.add(bar);
        sources.sort(Comparator.comparingInt(StoredBar::rank));
        buckets.put(bar.startMicros(), List.copyOf(sources));
        return true;
    }

    /** What the rows hold. */
    synchronized List<ResultColumn> columns() {
        return columns;
    }

    /**
     * The newest of a range, ascending.
     *
     * @param fromMicros earliest start
     * @param toMicros starts before this
     * @return empty when there are none here, or the tables may have more
     */
    synchronized Optional<List<List<Object>>> newest(long fromMicros, long toMicros, long limit) {
        if (!loaded) {
            return Optional.empty();
        }
        if (given == null) {
            given = Given.of(buckets);
        }
        int end = given.place(toMicros);
        int begin = (int) Math.max(given.place(fromMicros), end - limit);
        boolean all = end - begin == limit || whole || fromMicros >= given.starts[0];
        return begin < end && all ? Optional.of(given.rows.subList(begin, end)) : Optional.empty();
    }

    /** What is given until something changes: the starts of the buckets, ascending, and a row for each. */
    private static final class Given {

        private final long[] starts;
        private final List<List<Object>> rows;

        private Given(long[] starts, List<List<Object>> rows) {
            this.starts = starts;
            this.rows = rows;
        }

        static Given of(NavigableMap<Long, List<StoredBar>> buckets) {
            long[] starts = buckets.keySet().stream().mapToLong(Long::longValue).toArray();
            return new Given(
                    starts,
                    buckets.values().stream()
                            .map(sources -> sources.get(0).values())
                            .toList());
        }

        /** The number of the first bucket that starts at this time or later. */
        int place(long micros) {
            int found = Arrays.binarySearch(starts, micros);
            return found < 0 ? -found - 1 : found;
        }
    }
}
