package dev.millrace.tools;

import dev.millrace.market.Timeframe;
import dev.millrace.quality.DayQuality;
import dev.millrace.quality.Measures;
import dev.millrace.quality.Readiness;
import dev.millrace.quality.Score;
import dev.millrace.quality.SymbolDay;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every part of one coin's quality, a line a day and timeframe, and whether each timeframe is ready. */
final class QualityParts {

    private static final String HEADER =
            "date        of   state     quality coverage bad   aligned agreed gap s  by candle longest  evidence";

    private final String only;
    private final long oldestRecord;
    private final long nowMs;
    private final SortedMap<Timeframe, Measures> windows = new TreeMap<>();
    private final SortedMap<Timeframe, Long> newestMs = new TreeMap<>();
    private final StringBuilder lines = new StringBuilder();

    /**
     * @param only null for all timeframes
     * @param nowMs by which bars are old, ms since 1970
     */
    QualityParts(String only, long oldestRecord, long nowMs) {
        this.only = only;
        this.oldestRecord = oldestRecord;
        this.nowMs = nowMs;
    }

    void add(SymbolDay day) {
        List<Timeframe> timeframes = day.timeframes();
        for (Timeframe timeframe : timeframes) {
            if (only == null || only.equals(timeframe.label())) {
                add(day, timeframe);
            }
        }
        if (timeframes.isEmpty()) {
            lines.append(day.date()).append("  nothing\n");
        }
    }

    private void add(SymbolDay day, Timeframe timeframe) {
        DayQuality quality = DayQuality.of(day.rows(), timeframe);
        windows.merge(timeframe, quality.measures(), Measures::and);
        day.newestEndMs(timeframe).ifPresent(ms -> newestMs.put(timeframe, ms));
        Score score = quality.score();
        lines.append(String.format(
                Locale.ROOT,
                "%s  %-4s %-9s %.5f %.5f  %.3f %.5f %.5f %-6.0f %-9.0f %-8.0f %s%n",
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
                day.evidence(timeframe, oldestRecord).label()
                        + (quality.check().compared() == 0 ? ", not compared" : "")));
    }

    void print(PrintWriter out) {
        out.println(HEADER);
        out.print(lines);
        windows.forEach((timeframe, measures) -> {
            Readiness ready = Readiness.of(timeframe, measures, nowMs - newestMs.getOrDefault(timeframe, 0L));
            out.println(timeframe
                    + (ready.isReady() ? " is ready" : " is not ready: " + String.join("; ", ready.reasons())));
        });
    }
}
