package dev.millrace.sentiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegimesTest {

    private static final Regimes USUAL = new Regimes(List.of(25, 45, 54, 75));

    @ParameterizedTest
    @CsvSource({
        "0, extreme_fear, strong_buy, 1",
        "25, extreme_fear, strong_buy, 0.5",
        "26, fear, weak_buy, 0.48",
        "45, fear, weak_buy, 0.1",
        "46, neutral, hold, 0.08",
        "50, neutral, hold, 0",
        "54, neutral, hold, -0.08",
        "55, greed, weak_sell, -0.1",
        "75, greed, weak_sell, -0.5",
        "76, extreme_greed, strong_sell, -0.52",
        "100, extreme_greed, strong_sell, -1",
    })
    void shouldTakeEachValueForWhatItIs(int value, String regime, String signal, double direction) {
        assertEquals(regime, USUAL.of(value).label());
        Contrarian contrarian = Contrarian.of(value, USUAL);
        assertEquals(signal, contrarian.signal().label());
        assertEquals(direction, contrarian.direction(), 1e-15);
        assertEquals(Math.abs(direction), contrarian.strength(), 1e-15);
    }

    @Test
    void shouldPutTheKnotsIntoTheMiddleOfTheRegimes() {
        assertArrayEquals(new double[] {0, 12.5, 35.5, 50, 65, 88, 100}, USUAL.knots());
        assertArrayEquals(new double[] {0, 0.5, 2.5, 50.5, 98, 99.5, 100}, new Regimes(List.of(1, 3, 97, 98)).knots());
    }

    @Test
    void shouldOnlyFallFromBuyingToSelling() {
        for (int value = 1; value <= 100; value++) {
            assertTrue(USUAL.of(value).compareTo(USUAL.of(value - 1)) >= 0);
            assertTrue(Contrarian.of(value, USUAL).direction()
                    < Contrarian.of(value - 1, USUAL).direction());
        }
    }

    @Test
    void shouldRefuseOtherThanFourLimits() {
        assertThrows(IllegalArgumentException.class, () -> new Regimes(List.of(25, 45, 54)));
    }
}
