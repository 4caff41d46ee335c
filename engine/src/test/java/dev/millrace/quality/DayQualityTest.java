package dev.millrace.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Days of ten minutes, by hand. */
class DayQualityTest {

    private static final long MINUTE_MS = 60_000;
    private static final long LENGTH_MS = 10 * MINUTE_MS;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final Timeframe FIVE = Timeframe.parse("5m");

    private final List<DayBar> own = new ArrayList<>();
    private final List<DayBar> candles = new ArrayList<>();
    private final List<DayBar> earlier = new ArrayList<>();
    private final List<Stretch> gaps = new ArrayList<>();
    private final List<Stretch> cleared = new ArrayList<>();
    private final List<Stretch> reads = new ArrayList<>();

    @Test
    void shouldBeAvailableWhenEveryMinuteIsThere() {
        bars(0, 10);
        DayQuality quality = quality(MINUTE);
        assertEquals(new Measures(600, 0, 0, 10, 0, 0, 0, 0, 0, GapRun.BREAK, GapRun.BREAK), quality.measures());
        assertEquals(State.AVAILABLE, quality.state());
        assertEquals(State.PENDING, DayQuality.of(rows(false), MINUTE).state());
    }

    @Test
    void shouldBeMissingWithoutAnything() {
        DayQuality quality = quality(MINUTE);
        assertEquals(600, quality.measures().longestGapSeconds());
        assertEquals(State.MISSING, quality.state());
    }

    @Test
    void shouldTakeAMinuteBetweenTwoWholeOnesForEmptyUnlessAGapIsThere() {
        bars(0, 3);
        bars(6, 10);
        assertEquals(0, quality(MINUTE).measures().gapSeconds());
        gaps.add(new Stretch(3 * MINUTE_MS + 1_000, 3 * MINUTE_MS + 4_000, 0));
        gaps.add(new Stretch(3 * MINUTE_MS + 2_000, 3 * MINUTE_MS + 5_000, 0));
        // minute 3 lacks the 4 s of both gaps together; of 4 and 5 nothing is known, they lack all
        DayQuality quality = quality(MINUTE);
        assertEquals(124, quality.measures().gapSeconds());
        assertEquals(124, quality.measures().longestUnrepairedSeconds());
    }

    @Test
    void shouldTakeAMinuteUnderACompleteLongerBarForWhole() {
        bars(5, 10);
        own.add(bar("5m", 0, 1, true));
        assertEquals(0, quality(MINUTE).measures().gapSeconds());
    }

    @Test
    void shouldCountAnIncompleteMinuteByItsGap() {
        bars(0, 4);
        own.add(bar("1m", 4, 1, false));
        bars(5, 10);
        assertEquals(60, quality(MINUTE).measures().gapSeconds());
        gaps.add(new Stretch(4 * MINUTE_MS, 4 * MINUTE_MS + 6_000, 0));
        DayQuality quality = quality(MINUTE);
        assertEquals(6, quality.measures().gapSeconds());
        assertEquals(.99, quality.score().q(), 1e-15);
        assertEquals(State.AVAILABLE, quality.state());
    }

    @Test
    void shouldLetCandlesOfTheTimeframeFill() {
        bars(0, 5);
        candles.add(candle(6, 3, 0));
        candles.add(bar("5m", 5, 9, true));
        Measures minutes = quality(MINUTE).measures();
        assertEquals(List.of(240.0, 60.0), List.of(minutes.gapSeconds(), minutes.candleSeconds()));
        assertEquals(300, minutes.longestGapSeconds());
        assertEquals(180, minutes.longestUnrepairedSeconds());
        Measures fives = quality(FIVE).measures();
        assertEquals(List.of(0.0, 300.0), List.of(fives.gapSeconds(), fives.candleSeconds()));
    }

    /** Our own bars stay incomplete; the exchange counts no more trades than came. */
    @Test
    void shouldTakeForWholeWhereAGapWasCleared() {
        bars(0, 10);
        own.set(4, bar("1m", 4, 1, false));
        own.set(5, bar("1m", 5, 1, false));
        candles.add(candle(4, 1, 0));
        candles.add(candle(5, 2, 0));
        gaps.add(new Stretch(4 * MINUTE_MS + 30_000, 5 * MINUTE_MS + 30_000, 0));
        assertEquals(60, quality(MINUTE).measures().candleSeconds());
        cleared.add(gaps.remove(0));
        assertEquals(0, quality(MINUTE).measures().candleSeconds());
        assertEquals(0, quality(MINUTE).measures().gapSeconds());
        assertEquals(2, quality(MINUTE).check().compared(), "what was cleared is compared");
    }

    @Test
    void shouldTakeAMinuteForEmptyWhenTheExchangeSaysSo() {
        bars(0, 8);
        candles.add(candle(8, 0, 0));
        assertEquals(60, quality(MINUTE).measures().gapSeconds());
        reads.add(new Stretch(0, LENGTH_MS, 1_000 * SECOND_NS));
        reads.add(new Stretch(0, LENGTH_MS, 1_119 * SECOND_NS));
        assertEquals(60, quality(MINUTE).measures().gapSeconds());
        reads.add(new Stretch(0, LENGTH_MS, 1_120 * SECOND_NS));
        assertEquals(0, quality(MINUTE).measures().gapSeconds());
        assertEquals(
                Map.of(Agreement.MISSING_THEIRS, 8L), quality(MINUTE).check().counts());
    }

    @Test
    void shouldFindEveryDifferenceAndNoneOfCleanData() {
        bars(0, 10);
        for (int at = 0; at < 10; at++) {
            candles.add(candle(at, 1, 1_000 * SECOND_NS));
        }
        assertEquals(Map.of(Agreement.EXACT, 10L), quality(MINUTE).check().counts());
        candles.set(3, candle(3, 2, 1_000 * SECOND_NS));
        candles.remove(9);
        reads.add(new Stretch(0, LENGTH_MS, 1_000 * SECOND_NS));
        own.remove(5);
        DayQuality quality = quality(MINUTE);
        assertEquals(
                Map.of(
                        Agreement.EXACT,
                        7L,
                        Agreement.COUNT,
                        1L,
                        Agreement.MISSING_THEIRS,
                        1L,
                        Agreement.MISSING_OURS,
                        1L),
                quality.check().counts());
        assertEquals(3, quality.check().outstanding());
        assertEquals(State.PENDING, quality.state());
        reads.add(new Stretch(0, LENGTH_MS, 1_200 * SECOND_NS));
        assertEquals(0, quality(MINUTE).check().outstanding());
        assertEquals(.7, quality(MINUTE).score().q(), 1e-15);
        assertEquals(State.DEGRADED, quality(MINUTE).state());
    }

    @Test
    void shouldCallLateWhatTheExchangeChangedOrSentLater() {
        bars(0, 10);
        earlier.add(candle(2, 5, 1_000 * SECOND_NS));
        candles.add(candle(2, 1, 1_200 * SECOND_NS));
        reads.add(new Stretch(0, 5 * MINUTE_MS, 1_000 * SECOND_NS));
        candles.add(candle(3, 1, 1_200 * SECOND_NS));
        candles.add(candle(9, 1, 1_200 * SECOND_NS));
        CrossCheck check = quality(MINUTE).check();
        assertEquals(2L, check.counts().get(Agreement.SETTLED_LATE));
        assertEquals(1L, check.counts().get(Agreement.EXACT));
    }

    @Test
    void shouldNotCompareWhatIsAGapAnyway() {
        bars(0, 5);
        candles.add(candle(7, 4, 0));
        assertEquals(Map.of(), quality(MINUTE).check().counts());
    }

    @Test
    void shouldCompareWithTheRollUp() {
        bars(0, 10);
        own.add(bar("5m", 0, 5, true));
        own.add(bar("5m", 5, 5, true));
        assertEquals(List.of(2L, 2L), aligned());
        own.set(11, bar("5m", 5, 4, true));
        assertEquals(List.of(2L, 1L), aligned());
        own.remove(11);
        assertEquals(List.of(2L, 1L), aligned());
        own.set(0, bar("1m", 0, 1, false));
        assertEquals(List.of(2L, 0L), aligned());
    }

    @Test
    void shouldCountRowsThatBreakTheRules() {
        bars(0, 8);
        own.add(new DayBar("1m", 8 * MINUTE_MS, 9 * MINUTE_MS, new BarValues(9, 8, 7, 8, 1, 1), Double.NaN, true, 0));
        own.add(new DayBar("1m", 9 * MINUTE_MS, LENGTH_MS, new BarValues(9, 9, 9, 9, 1, 1), 9.5, true, 0));
        DayQuality quality = quality(MINUTE);
        assertEquals(2, quality.measures().badRows());
        assertEquals(Math.exp(-20), quality.score().q(), 1e-20);
    }

    private List<Long> aligned() {
        Measures measures = quality(FIVE).measures();
        return List.of(measures.buckets(), measures.alignedBuckets());
    }

    private DayQuality quality(Timeframe timeframe) {
        return DayQuality.of(rows(true), timeframe);
    }

    private DayRows rows(boolean over) {
        return new DayRows(new Stretch(0, LENGTH_MS, 0), over, own, candles, earlier, gaps, cleared, reads, 2);
    }

    private void bars(int from, int to) {
        for (int at = from; at < to; at++) {
            own.add(bar("1m", at, 1, true));
        }
    }

    private static DayBar candle(int minute, long count, long knownNs) {
        BarValues values = new BarValues(10, 10, 10, 10, count, count);
        return new DayBar("1m", minute * MINUTE_MS, (minute + 1) * MINUTE_MS, values, Double.NaN, true, knownNs);
    }

    private static DayBar bar(String timeframe, int minute, long count, boolean complete) {
        long startMs = minute * MINUTE_MS;
        BarValues values = new BarValues(10, 10, 10, 10, count, count);
        long endMs = startMs + Timeframe.parse(timeframe).millis();
        return new DayBar(timeframe, startMs, endMs, values, 10, complete, 0);
    }
}
