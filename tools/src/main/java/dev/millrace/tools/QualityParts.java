package dev.millrace.tools;

import dev.millrace.market.Timeframe;
import dev.millrace.quality.DayQuality;
import dev.millrace.quality.DayTrades;
import dev.millrace.quality.Measures;
import dev.millrace.quality.Readiness;
import dev.millrace.quality.Score;
import dev.millrace.quality.SymbolDay;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Every part of one coin's quality, a line a day and timeframe, and whether each timeframe is ready. */
final class QualityParts {

    private static final String HEADER =
            "date        of   state     quality coverage bad   aligned agreed gap s  by candle longest  spikes evidence";

    private final Predicate<Timeframe> wanted;
    private final long oldestRecord;
    private final long nowMs;
    private final List<SymbolDay> days = new ArrayList<>();
    private final List<DayTrades> trades = new ArrayList<>();

    /**
     * @param wanted timeframes
     * @param nowMs by which bars are old, ms since 1970
     */
    QualityParts(Predicate<Timeframe> wanted, long oldestRecord, long nowMs) {
        this.wanted = wanted;
        this.oldestRecord = oldestRecord;
        this.nowMs = nowMs;
    }

    /**
     * Takes the next day; there is none between it and the one before.
     *
     * @param dayTrades of the same day
     */
    void add(SymbolDay day, DayTrades dayTrades) {
        days.add(day);
        trades.add(dayTrades);
    }

    /** Those that any of the days has. */
    SortedSet<Timeframe> timeframes() {
        SortedSet<Timeframe> all = new TreeSet<>();
        days.forEach(day -> all.addAll(day.timeframes()));
        all.removeIf(wanted.negate());
        return all;
    }

    void print(PrintWriter out) {
        out.println(HEADER);
        for (int i = 0; i < days.size(); i++) {
            SymbolDay day = days.get(i);
            if (day.timeframes().isEmpty()) {
                out.println(day.date() + "  nothing");
            }
            for (Timeframe timeframe : day.timeframes()) {
                if (wanted.test(timeframe)) {
                    line(day, timeframe, trades.get(i), out);
                }
            }
        }
        timeframes().forEach(timeframe -> ready(timeframe, out));
    }

    private void line(SymbolDay day, Timeframe timeframe, DayTrades dayTrades, PrintWriter out) {
        DayQuality quality = DayQuality.of(day.rows(), timeframe);
        Score score = quality.score();
        out.printf(
                Locale.ROOT,
                "%s  %-4s %-9s %.5f %.5f  %.3f %.5f %.5f %-6.0f %-9.0f %-8.0f %-6d %s%n",
                day.date(),
                timeframe,
                quality.state().label(),
                score.q(),
                score.coverage(),
                score.bad(),
                score.aligned(),
                score.agreed(),
                quality.measures().gapSeconds(),
                quality.measures().candleSeconds(),
                quality.measures().longestGapSeconds(),
                dayTrades.spikes(),
                day.evidence(timeframe, dayTrades.firstRecord(), oldestRecord).label()
                        + (quality.check().compared() == 0 ? ", not compared" : ""));
    }

    /** Of all days: one without a bar is a gap as well. */
    private void ready(Timeframe timeframe, PrintWriter out) {
        Measures window = Measures.NONE;
        long newestMs = 0;
        for (SymbolDay day : days) {
            window = window.then(DayQuality.of(day.rows(), timeframe).measures());
            newestMs = Math.max(newestMs, day.newestEndMs(timeframe).orElse(0));
        }
        Readiness ready = Readiness.of(timeframe, window, nowMs - newestMs);
        out.println(
                timeframe + (ready.isReady() ? " is ready" : " is not ready: " + String.join("; ", ready.reasons())));
    }
}
