package dev.millrace.quality;

import dev.millrace.market.Timeframe;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which minutes of a day our own stream is proven whole in, and how much the others lack. A minute is whole when a complete bar
 * of any timeframe holds it, when it is proven empty, when the exchange counts no more trades than came, or when it has no bar
 * and lies between two complete 1m bars with no gap between them: then the stream was whole and nothing was traded. What is missing of any other is the part of it that lies in
 * recorded gaps, or all of it where none is recorded.
 */
final class Coverage {

    static final String MINUTE = "1m";
    private static final long MINUTE_MS = 60_000;

    private final DayRows rows;
    private final long originMs;
    private final int minutes;
    private final BitSet whole = new BitSet();
    private final BitSet hasBar = new BitSet();

    private Coverage(DayRows rows) {
        this.rows = rows;
        originMs = rows.expected().fromMs();
        minutes = (int) Math.max(0, (rows.expected().toMs() - originMs) / MINUTE_MS);
    }

    static Coverage of(DayRows rows) {
        Coverage coverage = new Coverage(rows);
        rows.own().forEach(coverage::add);
        rows.cleared().forEach(coverage::clear);
        coverage.betweenBars();
        coverage.provenByExchange();
        return coverage;
    }

    private void add(DayBar bar) {
        int from = Math.max(0, minute(bar.startMs()));
        int to = Math.min(minutes, minute(bar.endMs()));
        if (bar.complete() && from < to) {
            whole.set(from, to);
        }
        if (bar.timeframe().equals(MINUTE) && from < to) {
            hasBar.set(from, to);
        }
    }

    /** The exchange counts each minute that the gap lies in as whole. */
    private void clear(Stretch gap) {
        int from = Math.max(0, minute(gap.fromMs()));
        int to = Math.min(minutes, minute(gap.toMs() - 1) + 1);
        if (from < to) {
            whole.set(from, to);
        }
    }

    private int minute(long timeMs) {
        return (int) Math.floorDiv(timeMs - originMs, MINUTE_MS);
    }

    private void betweenBars() {
        int before = -1;
        for (DayBar bar : rows.own(MINUTE).filter(DayBar::complete).toList()) {
            int at = minute(bar.startMs());
            if (before >= 0 && at < minutes && hasBar.nextSetBit(before + 1) == at && !isInGap(before + 1, at)) {
                whole.set(before, at);
            }
            before = at;
        }
    }

    private boolean isInGap(int fromMinute, int toMinute) {
        return rows.gaps().stream()
                .map(gap -> gap.within(startMs(fromMinute), startMs(toMinute)))
                .anyMatch(part -> part.toMs() > part.fromMs());
    }

    /** Also where our own stream was whole, and yet the exchange counts trades: that is a difference, not a gap. */
    private void provenByExchange() {
        List<DayBar> candles = rows.candles(MINUTE).toList();
        candles.stream()
                .filter(candle -> EmptyMinute.isProvenBy(candle.values()))
                .map(candle -> minute(candle.startMs()))
                .filter(this::isWithoutBar)
                .forEach(whole::set);
        BitSet told = new BitSet();
        candles.stream()
                .mapToInt(candle -> minute(candle.startMs()))
                .filter(at -> at >= 0)
                .forEach(told::set);
        for (int at = 0; at < minutes && !rows.reads().isEmpty(); at++) {
            if (isWithoutBar(at) && !told.get(at) && EmptyMinute.isProvenByAbsence(readsNs(startMs(at)))) {
                whole.set(at);
            }
        }
    }

    private boolean isWithoutBar(int minute) {
        return minute >= 0 && minute < minutes && !hasBar.get(minute);
    }

    private List<Long> readsNs(long minuteMs) {
        return rows.reads().stream()
                .filter(read -> read.covers(minuteMs, minuteMs + MINUTE_MS))
                .map(Stretch::receivedNs)
                .collect(Collectors.toList());
    }

    private long startMs(int minute) {
        return originMs + minute * MINUTE_MS;
    }

    /** Whether our own stream is whole in this minute. */
    boolean isWhole(long minuteMs) {
        return minuteMs >= originMs && whole.get(minute(minuteMs));
    }

    /** How much is missing, and what candles of this timeframe fill of it. */
    Missing missing(Timeframe timeframe) {
        NavigableMap<Long, DayBar> candles = new TreeMap<>();
        rows.candles(timeframe.label()).forEach(candle -> candles.put(candle.startMs(), candle));
        Missing missing = new Missing();
        List<Stretch> gaps = joined(rows.gaps());
        for (int at = 0; at < minutes; at++) {
            if (whole.get(at)) {
                missing.whole();
            } else {
                boolean filled = candles.containsKey(timeframe.startOf(startMs(at)));
                missing.add(missingMs(gaps, startMs(at)) / 1e3, filled);
            }
        }
        return missing;
    }

    private static long missingMs(List<Stretch> gaps, long minuteMs) {
        long inGaps = gaps.stream()
                .map(gap -> gap.within(minuteMs, minuteMs + MINUTE_MS))
                .mapToLong(part -> part.toMs() - part.fromMs())
                .sum();
        return inGaps == 0 ? MINUTE_MS : inGaps;
    }

    /** The same time in stretches that do not overlap. */
    private static List<Stretch> joined(List<Stretch> stretches) {
        List<Stretch> joined = new ArrayList<>();
        for (Stretch next : stretches.stream()
                .sorted(Comparator.comparingLong(Stretch::fromMs))
                .toList()) {
            int last = joined.size() - 1;
            if (last >= 0 && next.fromMs() <= joined.get(last).toMs()) {
                Stretch before = joined.remove(last);
                joined.add(new Stretch(before.fromMs(), Math.max(before.toMs(), next.toMs()), 0));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }
}
