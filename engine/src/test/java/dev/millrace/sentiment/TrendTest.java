package dev.millrace.sentiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Expected values: scipy 1.17.1, linregress over the days' numbers; numpy 2, std with ddof 1 of the changes. */
class TrendTest {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 23);
    private static final int NONE = -1;

    @Test
    void shouldGoByRealDatesWhereDaysAreMissing() {
        Trend trend = trend(40, 42, 45, 43, NONE, 50, 52, NONE, 51, 55).orElseThrow();
        assertEquals(Trend.Direction.UP, trend.direction());
        assertEquals(1.5827814569536425, trend.slopePerDay(), 1e-12);
        assertEquals(0.2013070748817307, trend.standardError(), 1e-12);
        assertEquals(0.5698013245033112, trend.strength(), 1e-12);
        assertEquals(2.280350850198276, trend.volatility(), 1e-12, "of 2, 3, -2, 2, 4");
        assertEquals(8, trend.days());
    }

    @Test
    void shouldCallFlatWhatMayBeChance() {
        Trend trend = trend(50, 48, 53, 47, 52, 49, 51).orElseThrow();
        assertEquals(Trend.Direction.FLAT, trend.direction());
        assertEquals(0.14285714285714285, trend.slopePerDay(), 1e-12);
        assertEquals(0.4426266681379905, trend.standardError(), 1e-12);
        assertEquals(4.535048695071164, trend.volatility(), 1e-12);
        assertEquals(0.03428571428571428, trend.strength(), 1e-12);
    }

    @Test
    void shouldBeOfFullStrengthAcrossAQuarterOfTheScale() {
        Trend trend = trend(80, 70, 55, 50, 30, 20, 10).orElseThrow();
        assertEquals(Trend.Direction.DOWN, trend.direction());
        assertEquals(-11.964285714285714, trend.slopePerDay(), 1e-12);
        assertEquals(0.5474896327412864, trend.standardError(), 1e-12);
        assertEquals(1, trend.strength());
    }

    @Test
    void shouldKnowAStraightLineAndAConstant() {
        assertEquals(Trend.Direction.UP, trend(10, 11, 12, 13, 14).orElseThrow().direction());
        Trend constant = trend(33, 33, 33, 33).orElseThrow();
        assertEquals(Trend.Direction.FLAT, constant.direction());
        assertEquals(0, constant.strength());
        assertEquals(0, constant.volatility());
    }

    @Test
    void shouldSayNothingOfTooFewDays() {
        assertTrue(trend(1, 2).isEmpty());
        assertTrue(trend(1, 2, 3, 4, 5, 6, 7, NONE, NONE, NONE).isPresent(), "7 of 10");
        assertTrue(trend(1, 2, 3, 4, 5, 6, NONE, NONE, NONE, NONE).isEmpty(), "6 of 10");
        assertTrue(trend(1, NONE, NONE, 2).isEmpty());
    }

    /** Of all these days, the last of them today. */
    private static Optional<Trend> trend(int... values) {
        NavigableMap<LocalDate, Integer> days = new TreeMap<>();
        days.put(LAST.minusDays(values.length), 100); // before the look-back
        days.put(LAST.plusDays(1), 100); // behind it
        for (int i = 0; i < values.length; i++) {
            if (values[i] != NONE) {
                days.put(LAST.minusDays(values.length - 1L - i), values[i]);
            }
        }
        return Trend.of(days, LAST, values.length);
    }
}
