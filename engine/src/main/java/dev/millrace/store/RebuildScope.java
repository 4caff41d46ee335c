package dev.millrace.store;

import dev.millrace.market.Timeframe;
import dev.millrace.tables.Dataset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a rebuild is to make again.
 *
 * @param from first UTC day
 * @param to the day behind the last
 * @param datasets those that rows are collected for
 * @param timeframes of bars, besides those that the journal's headers name, and then these alone are made again; none for
 *     exactly those that the headers name
 */
public record RebuildScope(LocalDate from, LocalDate to, Set<Dataset> datasets, List<Timeframe> timeframes) {

    private static final long DAY_MS = 86_400_000;

    public RebuildScope {
        if (!from.isBefore(to)) {
            throw new RefusedException("the range ends before it begins: " + to + " is not after " + from);
        }
        for (Dataset dataset : datasets) {
            if (!StagedTable.datasets().contains(dataset)) {
                throw new RefusedException(
                        "rows of " + dataset.label() + " are not made of the feed; name some of " + names());
            }
        }
        if (!timeframes.isEmpty() && !datasets.equals(Set.of(Dataset.OHLCV))) {
            throw new RefusedException("timeframes are of bars: leave the datasets out, or name ohlcv alone");
        }
        datasets = Set.copyOf(datasets);
        timeframes = timeframes.stream().distinct().sorted().toList();
    }

    /**
     * Of what people write: every day that the range touches. Where no dataset is named, all but whole books, which many
     * do not keep; with timeframes the bars.
     *
     * @param to nothing at or behind this is asked for
     * @throws RefusedException saying what would be right
     */
    public static RebuildScope of(Instant from, Instant to, List<String> datasets, List<String> timeframes) {
        if (!from.isBefore(to)) {
            throw new RefusedException("there is no time from " + words(from) + " up to but without " + words(to)
                    + ": --to is where the range ends and is not part of it; for " + day(from) + " alone give --from "
                    + day(from) + " --to " + day(from).plusDays(1));
        }
        Set<Dataset> named = EnumSet.noneOf(Dataset.class);
        for (String label : datasets) {
            named.add(Dataset.of(label).orElseThrow(() -> new RefusedException(notADataset(label))));
        }
        if (named.isEmpty() && timeframes.isEmpty()) {
            named.addAll(StagedTable.datasets());
            named.remove(Dataset.BOOKS);
        } else if (named.isEmpty()) {
            named.add(Dataset.OHLCV);
        }
        try {
            return new RebuildScope(
                    day(from),
                    day(to.minus(Duration.ofNanos(1))).plusDays(1),
                    named,
                    timeframes.stream().map(Timeframe::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(e.getMessage(), e);
        }
    }

    private static String notADataset(String label) {
        boolean table =
                Arrays.stream(Table.values()).anyMatch(one -> one.sqlName().equals(label));
        return (table
                        ? label + " is a table but no dataset, and is not made again by itself"
                        : "there is no dataset '" + label + "'")
                + "; name some of " + names();
    }

    /** A day where it is the beginning of one. */
    private static String words(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.DAYS)) ? day(time).toString() : time.toString();
    }

    private static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static String names() {
        return StagedTable.datasets().stream().map(Dataset::label).collect(Collectors.joining(", "));
    }

    /** When the first day begins, ms since 1970. */
    public long fromMs() {
        return from.toEpochDay() * DAY_MS;
    }

    /** When the last one ends, ms since 1970. */
    public long toMs() {
        return to.toEpochDay() * DAY_MS;
    }

    /** Whether a row of this time is to be made again. */
    boolean holds(Dataset dataset, long timeMs) {
        return datasets.contains(dataset) && timeMs >= fromMs() && timeMs < toMs();
    }

    /** Whether bars of this length are. */
    boolean holds(Timeframe timeframe) {
        return timeframes.isEmpty() || timeframes.stream().anyMatch(one -> one.millis() == timeframe.millis());
    }

    /** The same, of fewer days. */
    public RebuildScope within(LocalDate first, LocalDate last) {
        return new RebuildScope(
                from.isBefore(first) ? first : from, to.isAfter(last) ? last.plusDays(1) : to, datasets, timeframes);
    }

    /** {@code 2026-11-20}, or {@code 2026-11-20 to 2026-11-22, both included}. */
    @Override
    public String toString() {
        LocalDate last = to.minusDays(1);
        return last.equals(from) ? from.toString() : from + " to " + last + ", both included";
    }
}
