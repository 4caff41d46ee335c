package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.DayMeasures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayHistoryTest {

    private static final long TODAY = 20_000;

    @Test
    void shouldTakeTheMedianVolumeOfTheLastSevenClosedDaysAtTheTypicalPrice() {
        List<DayCandle> candles = new ArrayList<>();
        double[] volumes = {9, 1, 8, 2, 7, 3, 6};
        for (int i = 0; i < 7; i++) {
            // (12 + 9 + 9) / 3 = 10
            candles.add(new DayCandle(TODAY - 7 + i, 10, 12, 9, 9, volumes[i]));
        }
        candles.add(new DayCandle(TODAY, 10, 12, 9, 9, 1e9));
        candles.add(new DayCandle(TODAY - 8, 10, 12, 9, 9, 1e9));
        DayMeasures measures = history(candles).measures();
        assertEquals(60, measures.volumeUsd(), 1e-9);
        assertEquals(8, measures.candles(), "the forming day is no closed one");
    }

    @Test
    void shouldCountADayWithoutACandleAsNoVolume() {
        List<DayCandle> candles = new ArrayList<>();
        for (int ago = 1; ago <= 3; ago++) {
            candles.add(new DayCandle(TODAY - ago, 10, 10, 10, 10, 5));
        }
        assertEquals(0, history(candles).measures().volumeUsd());
        candles.add(new DayCandle(TODAY - 4, 10, 10, 10, 10, 5));
        assertEquals(50, history(candles).measures().volumeUsd(), 1e-9);
    }

    @Test
    void shouldLeaveOutWhatIsNoCandleOrTooOld() {
        List<DayCandle> candles = List.of(
                new DayCandle(TODAY - 31, 10, 10, 10, 10, 5),
                new DayCandle(TODAY - 3, 10, 9, 9, 9, 5),
                new DayCandle(TODAY - 2, 10, 12, 9, 10, Double.NaN),
                new DayCandle(TODAY - 1, 10, 12, 9, 10, -1),
                new DayCandle(TODAY - 30, 10, 10, 10, 10, 5));
        assertEquals(1, history(candles).measures().candles());
    }

    @Test
    void shouldKnowNoDeviationOfFewerThanTwentyReturns() {
        assertTrue(Double.isNaN(
                history(Samples.candles(TODAY, 1, new double[20])).measures().deviation()));
        assertEquals(
                0, history(Samples.candles(TODAY, 1, new double[21])).measures().deviation());
    }

    private static DayHistory history(List<DayCandle> candles) {
        return new DayHistory(candles, TODAY, Samples.GATES);
    }
}
