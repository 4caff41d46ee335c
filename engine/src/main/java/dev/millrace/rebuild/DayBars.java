package dev.millrace.rebuild;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Basis;
import dev.millrace.market.Timeframe;
import dev.millrace.store.HeldDays;
import dev.millrace.store.TickBarRows;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** The bars that begin on one day, from ticks. One thread. */
final class DayBars {

    private static final long DAY_MS = 86_400_000;

    private final HeldDays held;
    private final long fromMs;
    private final EmptyBars emptyBars;
    private final TickBarRows rows = new TickBarRows();

    DayBars(HeldDays held, LocalDate day, EmptyBars emptyBars) {
        this.held = held;
        this.emptyBars = emptyBars;
        fromMs = day.toEpochDay() * DAY_MS;
    }

    /** Those of a symbol; lengths of several days need the ticks of those. */
    void make(String symbol, List<Timeframe> timeframes) {
        List<Timeframe> ofDay =
                timeframes.stream().filter(one -> one.millis() <= DAY_MS).toList();
        if (!ofDay.isEmpty()) {
            make(symbol, ofDay, fromMs + DAY_MS);
        }
        timeframes.stream()
                .filter(one -> one.millis() > DAY_MS && one.startOf(fromMs) == fromMs)
                .forEach(one -> make(symbol, List.of(one), fromMs + one.millis()));
    }

    private void make(String symbol, List<Timeframe> timeframes, long endMs) {
        ProvenWhole whole = new ProvenWhole(held.whole(symbol, fromMs, endMs));
        BarsConfig config = new BarsConfig(timeframes, List.of(Basis.TRADE), Duration.ZERO, Duration.ZERO, emptyBars);
        TickBars bars = new TickBars(symbol, fromMs, fromMs + DAY_MS, config, whole, rows);
        held.ticks(symbol, fromMs, endMs, bars);
        bars.finish(endMs);
    }

    TickBarRows rows() {
        return rows;
    }
}
