package dev.millrace.rebuild;

import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.lake.Lake;
import dev.millrace.lake.LakeException;
import dev.millrace.market.Timeframe;
import dev.millrace.store.DayRebuild;
import dev.millrace.store.HeldDays;
import dev.millrace.store.PartitionChange;
import dev.millrace.store.RebuildScope;
import dev.millrace.tables.Dataset;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Days whose beginning the journal does not hold any more: bars come from the ticks that are kept, all else is left. */
final class WithoutJournal {

    private static final String GONE = "the journal does not go back to its beginning any more";

    private final HeldDays held;
    private final Lake lake;
    private final DayRebuild days;
    private final RebuildScope scope;
    private final EmptyBars emptyBars;
    private final RebuildListener listener;

    WithoutJournal(
            HeldDays held,
            Lake lake,
            DayRebuild days,
            RebuildScope scope,
            EmptyBars emptyBars,
            RebuildListener listener) {
        this.held = held;
        this.lake = lake;
        this.days = days;
        this.scope = scope;
        this.emptyBars = emptyBars;
        this.listener = listener;
    }

    void rebuild(LocalDate day) {
        String rest = scope.datasets().stream()
                .filter(dataset -> dataset != Dataset.OHLCV)
                .map(Dataset::label)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!rest.isEmpty()) {
            listener.left(day, rest + ": " + GONE);
        }
        if (scope.datasets().contains(Dataset.OHLCV)) {
            fromTicks(day);
        }
    }

    private void fromTicks(LocalDate day) {
        try {
            requireFiles(day, day.plusDays(1));
            List<String> symbols = held.symbols(day);
            List<Timeframe> timeframes = scope.timeframes().isEmpty()
                    ? held.timeframes(day).stream()
                            .map(Timeframe::parse)
                            .sorted()
                            .toList()
                    : scope.timeframes();
            if (symbols.isEmpty() || timeframes.isEmpty()) {
                String lacking = symbols.isEmpty() ? "there are no ticks of it" : "it has no bars; name --timeframes";
                listener.left(day, "ohlcv: " + GONE + ", and " + lacking);
                return;
            }
            requireFiles(day.plusDays(1), end(day, timeframes));
            fromTicks(day, symbols, timeframes);
        } catch (LakeException e) {
            listener.left(day, "ohlcv: " + e.getMessage());
        }
    }

    /** Bars of fewer ticks than there were would take the place of better ones. */
    private void requireFiles(LocalDate from, LocalDate to) {
        held.files(from, to).forEach(lake::verify);
    }

    /** The day behind the last of which ticks are in these bars. */
    private static LocalDate end(LocalDate day, List<Timeframe> timeframes) {
        long longestMs = timeframes.get(timeframes.size() - 1).millis();
        return day.plusDays(Math.max(1, TimeUnit.MILLISECONDS.toDays(longestMs)));
    }

    private void fromTicks(LocalDate day, List<String> symbols, List<Timeframe> timeframes) {
        DayBars bars = new DayBars(held, day, emptyBars);
        symbols.forEach(symbol -> bars.make(symbol, timeframes));
        List<PartitionChange> changes = days.byTicks(
                day, bars.rows(), timeframes.stream().map(Timeframe::label).toList());
        changes.forEach(listener::rebuilt);
    }
}
