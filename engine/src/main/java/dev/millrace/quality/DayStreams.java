package dev.millrace.quality;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the records of a day say of one symbol's streams.
 *
 * @param duplicates trades of the day that came once more, and were dropped
 * @param offsetP50Ms median of the time of receipt, by the local clock, less the exchange's time, ms: the difference of the
 *     clocks and the way together; below zero where the local clock is behind; empty where there was no frame to tell
 * @param offsetP99Ms what 99 of 100 frames do not exceed
 * @param cadences by stream, as its subscription is spelled in {@code feed.channels}
 */
public record DayStreams(
        long duplicates, OptionalLong offsetP50Ms, OptionalLong offsetP99Ms, SortedMap<String, Cadence> cadences) {

    /** Of a symbol that no record names. */
    public static final DayStreams NONE =
            new DayStreams(0, OptionalLong.empty(), OptionalLong.empty(), Collections.emptySortedMap());

    public DayStreams {
        cadences = Collections.unmodifiableSortedMap(new TreeMap<>(cadences));
    }

    /**
     * How often frames of a stream come.
     *
     * @param measuredMs what seven of eight intervals of this symbol do not exceed, as {@code freshness} learns it
     * @param expectedMs the median of that over all symbols of the day
     */
    public record Cadence(long measuredMs, long expectedMs) {}
}
