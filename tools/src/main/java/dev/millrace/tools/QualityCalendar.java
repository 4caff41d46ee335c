package dev.millrace.tools;

import dev.millrace.market.Timeframe;
import dev.millrace.quality.DayQuality;
import dev.millrace.quality.State;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Symbols by days: up to a week with the quality of each day, longer ranges a letter a day. */
final class QualityCalendar {

    private static final int FEW_DAYS = 7;
    private static final int LETTERS_A_LINE = 62;

    private final Timeframe timeframe;
    private final SortedMap<String, Map<LocalDate, DayQuality>> symbols = new TreeMap<>();

    QualityCalendar(Timeframe timeframe) {
        this.timeframe = timeframe;
    }

    void add(String symbol, LocalDate date, DayQuality quality) {
        symbols.computeIfAbsent(symbol, name -> new HashMap<>()).put(date, quality);
    }

    void print(List<LocalDate> days, PrintWriter out) {
        for (int from = 0; from < days.size(); from += LETTERS_A_LINE) {
            List<LocalDate> part = days.subList(from, Math.min(days.size(), from + LETTERS_A_LINE));
            out.printf(Locale.ROOT, "quality of %s, %s to %s%n", timeframe, part.get(0), part.get(part.size() - 1));
            if (days.size() <= FEW_DAYS) {
                line(
                        out,
                        "",
                        part.stream().map(day -> day.toString().substring(5)).toList());
            }
            symbols.forEach((symbol, qualities) -> {
                if (days.size() <= FEW_DAYS) {
                    line(
                            out,
                            symbol,
                            part.stream().map(day -> cell(qualities.get(day))).toList());
                } else {
                    StringBuilder letters = new StringBuilder();
                    part.forEach(day -> letters.append(letter(qualities.get(day))));
                    out.println(String.format(Locale.ROOT, "%-12s  ", symbol)
                            + letters.toString().stripTrailing());
                }
            });
        }
        out.println("a available, d degraded, p pending, m missing");
    }

    private static void line(PrintWriter out, String name, List<String> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-12s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, "  %-7s", cell)));
        out.println(line.toString().stripTrailing());
    }

    private static String cell(DayQuality quality) {
        return quality == null
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%c %.3f",
                        letter(quality),
                        floor(quality.score().q()));
    }

    /** Never shown better than it is. */
    private static double floor(double q) {
        return Math.floor(q * 1e3) / 1e3;
    }

    private static char letter(DayQuality quality) {
        if (quality == null) {
            return ' ';
        }
        State state = quality.state();
        return state.label().charAt(0);
    }
}
