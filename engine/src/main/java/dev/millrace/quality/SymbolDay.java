package dev.millrace.quality;

import dev.millrace.market.Timeframe;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the tables hold of a symbol and day, and what our own bars of it were made of.
 *
 * @param own by timeframe
 */
public record SymbolDay(String symbol, LocalDate date, DayRows rows, Map<String, Provenance> own) {

    private static final long DAY_MS = 86_400_000;

    /** Those of its bars, ours or the exchange's, up to a day; ascending. */
    public List<Timeframe> timeframes() {
        return Stream.concat(rows.own().stream(), rows.candles().stream())
                .filter(bar -> bar.endMs() - bar.startMs() <= DAY_MS)
                .map(DayBar::timeframe)
                .distinct()
                .map(Timeframe::parse)
                .sorted()
                .toList();
    }

    /** Whether it has bars of this length, ours or the exchange's. */
    public boolean has(Timeframe timeframe) {
        return timeframes().contains(timeframe);
    }

    /** When the newest of our bars ends, ms since 1970. */
    public OptionalLong newestEndMs(Timeframe timeframe) {
        return rows.own(timeframe.label()).mapToLong(DayBar::endMs).max();
    }

    Optional<Provenance> provenance(Timeframe timeframe) {
        return Optional.ofNullable(own.get(timeframe.label()));
    }

    /**
     * What is left to check it by.
     *
     * @param firstTrade record of the journal that brought the day's first trade; empty where none is kept
     * @param oldest first record that the journal holds
     */
    public Evidence evidence(Timeframe timeframe, OptionalLong firstTrade, long oldest) {
        return Evidence.of(
                provenance(timeframe).map(Provenance::rows).orElse(0L),
                rows.candles(timeframe.label()).count(),
                firstTrade,
                oldest);
    }
}
