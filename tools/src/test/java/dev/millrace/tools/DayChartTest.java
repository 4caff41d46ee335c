package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DayChartTest {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 23);
    private final NavigableMap<LocalDate, Integer> values = new TreeMap<>();

    @Test
    void shouldDrawEachDayAndLeaveMissingOnesFree() {
        values.put(LAST.minusDays(4), 100);
        values.put(LAST.minusDays(3), 55);
        values.put(LAST.minusDays(1), 0);
        values.put(LAST, 91);
        assertEquals(
                List.of(
                        "100 │█   ▁",
                        " 90 │█   █",
                        " 80 │█   █",
                        " 70 │█   █",
                        " 60 │█▄  █",
                        " 50 │██  █",
                        " 40 │██  █",
                        " 30 │██  █",
                        " 20 │██  █",
                        " 10 │██ ▁█",
                        "  0 └─────",
                        "     2026-11-19 … 2026-11-23"),
                drawn(5));
    }

    @Test
    void shouldDrawMeansWhereDaysAreMany() {
        for (int i = 0; i < 500; i++) {
            values.put(LAST.minusDays(i), 40);
        }
        List<String> lines = drawn(365);
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), String.join("\n", lines));
        assertEquals("     2025-11-24 … 2026-11-23, each column the mean of 6 days", lines.get(11));
        assertEquals(" 40 │" + "█".repeat(61), lines.get(6));
        assertEquals(" 50 │", lines.get(5));
    }

    private List<String> drawn(int days) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new DayChart(values.tailMap(LAST.minusDays(days - 1L), true), days).print(out);
        return text.toString().lines().toList();
    }
}
