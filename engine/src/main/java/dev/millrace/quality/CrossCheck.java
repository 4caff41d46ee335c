package dev.millrace.quality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our closed 1m bars of a day against the exchange's candles: every minute that our own stream was whole in, that the
 * exchange was asked of, and in which one of the two counts a trade. A minute that both call empty is no bar that agrees.
 *
 * @param counts minutes by class
 * @param differences those that do not agree, ascending
 * @param outstanding of them, how many the exchange has not been asked of twice, at least 120 s apart
 */
public record CrossCheck(Map<Agreement, Long> counts, List<Difference> differences, long outstanding) {

    private static final long MINUTE_MS = 60_000;

    /** A minute that does not agree. */
    public record Difference(
            long minuteMs, Agreement agreement, Optional<BarValues> ours, Optional<BarValues> theirs) {}

    public long compared() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long agreed() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().agrees())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    static CrossCheck of(DayRows rows, Coverage coverage) {
        Minutes minutes = new Minutes(rows);
        Map<Agreement, Long> counts = new EnumMap<>(Agreement.class);
        List<Difference> differences = new ArrayList<>();
        long outstanding = 0;
        for (long ms = rows.expected().fromMs(); ms < rows.expected().toMs(); ms += MINUTE_MS) {
            if (!coverage.isWhole(ms) || !minutes.wasAsked(ms) || minutes.isEmpty(ms)) {
                continue;
            }
            Agreement agreement = minutes.agreement(ms);
            counts.merge(agreement, 1L, Long::sum);
            if (!agreement.agrees()) {
                differences.add(new Difference(ms, agreement, minutes.ours(ms), minutes.theirs(ms)));
                outstanding += EmptyMinute.areApart(minutes.readsNs(ms)) ? 0 : 1;
            }
        }
        return new CrossCheck(counts, differences, outstanding);
    }

    /** Both sides of each minute, and what the exchange said earlier. */
    private static final class Minutes {

        private final Map<Long, DayBar> own = new HashMap<>();
        private final Map<Long, DayBar> candles = new HashMap<>();
        private final Map<Long, List<DayBar>> earlier = new HashMap<>();
        private final List<Stretch> reads;
        private final int sizeDecimals;

        Minutes(DayRows rows) {
            rows.own(Coverage.MINUTE).forEach(bar -> own.put(bar.startMs(), bar));
            rows.candles(Coverage.MINUTE).forEach(candle -> candles.put(candle.startMs(), candle));
            rows.earlierCandles()
                    .forEach(candle -> earlier.computeIfAbsent(candle.startMs(), start -> new ArrayList<>())
                            .add(candle));
            reads = rows.reads();
            sizeDecimals = rows.sizeDecimals();
        }

        boolean wasAsked(long ms) {
            return candles.containsKey(ms) || reads.stream().anyMatch(read -> read.covers(ms, ms + MINUTE_MS));
        }

        /** For both; the exchange sends a flat candle for such a minute, or none. */
        boolean isEmpty(long ms) {
            return ours(ms).isEmpty() && theirs(ms).map(EmptyMinute::isProvenBy).orElse(true);
        }

        Optional<BarValues> ours(long ms) {
            return Optional.ofNullable(own.get(ms)).map(DayBar::values);
        }

        Optional<BarValues> theirs(long ms) {
            return Optional.ofNullable(candles.get(ms)).map(DayBar::values);
        }

        List<Long> readsNs(long ms) {
            List<Long> times = new ArrayList<>();
            reads.stream()
                    .filter(read -> read.covers(ms, ms + MINUTE_MS))
                    .map(Stretch::receivedNs)
                    .forEach(times::add);
            Optional.ofNullable(candles.get(ms)).ifPresent(candle -> times.add(candle.knownNs()));
            earlier.getOrDefault(ms, List.of()).forEach(candle -> times.add(candle.knownNs()));
            return times;
        }

        Agreement agreement(long ms) {
            Agreement last = Agreement.of(ours(ms), theirs(ms), sizeDecimals);
            Agreement settled = last;
            for (DayBar candle : earlier.getOrDefault(ms, List.of())) {
                settled = settled.settledAfter(Agreement.of(ours(ms), Optional.of(candle.values()), sizeDecimals));
            }
            return cameLate(ms)
                    ? settled.settledAfter(Agreement.of(ours(ms), Optional.empty(), sizeDecimals))
                    : settled;
        }

        /** Whether the exchange was asked of the minute, and gave no candle yet. */
        private boolean cameLate(long ms) {
            long first = earlier.getOrDefault(ms, List.of()).stream()
                    .mapToLong(DayBar::knownNs)
                    .min()
                    .orElse(Long.MAX_VALUE);
            DayBar candle = candles.get(ms);
            long firstNs = candle == null ? Long.MIN_VALUE : Math.min(first, candle.knownNs());
            return reads.stream()
                    .anyMatch(read -> read.covers(ms, ms + MINUTE_MS) && micros(read.receivedNs()) < micros(firstNs));
        }

        /** Tables keep when a bar was known to the microsecond. */
        private static long micros(long ns) {
            return Math.floorDiv(ns, 1_000L);
        }
    }
}
