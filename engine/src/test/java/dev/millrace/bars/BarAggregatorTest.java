package dev.millrace.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.Decimals;
import dev.millrace.market.Timeframe;
import dev.millrace.metrics.Counters;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Small examples computed by hand. Times are milliseconds after {@link #T0}, a whole hour. */
class BarAggregatorTest {

    private static final long T0 = 1_756_904_400_000L;
    private static final int BTC = 0;

    private final EmittedBars emitted = new EmittedBars();
    private final Counters counters = new Counters();
    private FakeCoverage coverage = FakeCoverage.whole();
    private BarAggregator bars = aggregator(EmptyBars.NONE, "1s");
    private long clockMs = Long.MIN_VALUE;
    private long receiveNs;

    private BarAggregator aggregator(EmptyBars emptyBars, String... timeframes) {
        return new BarAggregator(
                config(emptyBars, timeframes), symbol -> symbol == BTC ? "BTC" : "ETH", coverage, emitted, counters);
    }

    private static BarsConfig config(EmptyBars emptyBars, String... timeframes) {
        return new BarsConfig(
                Stream.of(timeframes).map(Timeframe::parse).toList(),
                List.of(Basis.TRADE, Basis.MID),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                emptyBars);
    }

    private boolean trade(long time, String price, String size) {
        return bars.onTrade(BTC, T0 + time, Decimals.parse(price), Decimals.parse(size), 8, true, clockMs);
    }

    /** Ends the record; gives what it emitted. */
    private List<String> clock(long time) {
        int before = emitted.all.size();
        emitted.nextRecord();
        clockMs = T0 + time;
        bars.onClock(clockMs, ++receiveNs);
        return emitted.all.subList(before, emitted.all.size()).stream()
                .map(BarAggregatorTest::text)
                .toList();
    }

    private static String text(Bar bar) {
        return bar.timeframe + "@" + (bar.startMs - T0) + " " + price(bar.open) + " " + price(bar.high) + " "
                + price(bar.low) + " " + price(bar.close) + " v" + Decimals.text(bar.volume.decimal(8)) + " n"
                + bar.count
                + (bar.complete ? " complete" : " incomplete") + " r" + bar.revision;
    }

    private static String price(long price) {
        return price == Decimals.NULL_PRICE ? "null" : Decimals.text(price);
    }

    @Test
    void shouldCloseABarWhenTheClockHasPassedItsEndByTheDelay() {
        trade(100, "10", "1");
        trade(900, "12", "2.5");
        trade(500, "9", "1");
        assertEquals(List.of(), clock(1_499));
        assertEquals(List.of("1s@0 10 12 9 12 v4.5 n3 complete r0"), clock(1_500));
        assertEquals(List.of(), clock(9_000));

        Bar bar = emitted.all.get(0);
        assertEquals("BTC", bar.symbolName);
        assertEquals(T0 + 100, bar.firstTimeMs);
        assertEquals(T0 + 900, bar.lastTimeMs);
        assertEquals(2, bar.knownAtNs);
        assertEquals(new BigDecimal("10.8888888889"), bar.vwap());
    }

    @Test
    void shouldOpenWithTheFirstAndCloseWithTheLastOfEqualTimes() {
        trade(500, "10", "1");
        trade(500, "11", "1");
        trade(500, "12", "1");
        assertEquals(List.of("1s@0 10 12 10 12 v3 n3 complete r0"), clock(2_000));
        trade(500, "9", "1");
        trade(499, "8", "1");
        assertEquals(List.of("1s@0 8 12 8 9 v5 n5 complete r1"), clock(2_000));
    }

    @Test
    void shouldReviseABarOnceForAllLateTradesOfARecord() {
        trade(100, "10", "1");
        clock(2_000);
        trade(200, "11", "1");
        trade(300, "12", "1");
        trade(3_000, "20", "1");
        assertEquals(
                List.of("1s@0 10 12 10 12 v3 n3 complete r1", "1s@3000 20 20 20 20 v1 n1 complete r0"), clock(4_500));
        assertEquals(1, counters.value("bars.revised"));
        assertEquals(2, counters.value("bars.closed"));
        assertEquals(0, counters.value("bars.open"));
    }

    @Test
    void shouldCloseABucketThatWasNeverEmittedAtTheEndOfTheLateTradesRecord() {
        trade(5_000, "10", "1");
        clock(8_000);
        trade(1_000, "9", "1");
        assertEquals(List.of("1s@1000 9 9 9 9 v1 n1 complete r0"), clock(8_000));
    }

    @Test
    void shouldRefuseATradeOnlyBeforeTheClockLessTheRevisionWindow() {
        assertTrue(trade(0, "1", "1"), "without a clock nothing is late");
        clock(20_000);
        assertTrue(trade(10_000, "1", "1"));
        assertFalse(trade(9_999, "1", "1"));
    }

    @Test
    void shouldReviseABarAsLongAsATradeOfItIsTaken() {
        trade(0, "1", "1");
        trade(1_000, "1", "1");
        trade(9_000, "1", "1");
        clock(2_600);
        clock(10_999);
        assertTrue(trade(999, "2", "1"));
        assertEquals(List.of("1s@0 1 2 1 2 v2 n2 complete r1"), clock(10_999));
    }

    @Test
    void shouldAlwaysHoldTheNewestClosedBar() {
        trade(0, "1", "1");
        trade(1_000, "2", "1");
        clock(3_600_000);
        List<String> closed = new ArrayList<>();
        bars.forEachLastClosed(5, bar -> closed.add(text(bar)));
        assertEquals(List.of("1s@1000 2 2 2 2 v1 n1 complete r0"), closed);
    }

    @Test
    void shouldEmitByEndThenTimeframeThenBasisThenSymbol() {
        bars = aggregator(EmptyBars.NONE, "1s", "2s");
        bars.onTrade(1, T0 + 1_500, 1, 1, 8, true, clockMs);
        bars.onMid(BTC, T0 + 1_500, 1, clockMs);
        trade(1_500, "1", "1");
        trade(10, "1", "1");
        clock(3_000);
        assertEquals(
                List.of(
                        "1s@0 trade BTC",
                        "1s@1000 trade BTC",
                        "1s@1000 trade ETH",
                        "1s@1000 mid BTC",
                        "2s@0 trade BTC",
                        "2s@0 trade ETH",
                        "2s@0 mid BTC"),
                emitted.all.stream()
                        .map(bar -> bar.timeframe + "@" + (bar.startMs - T0) + " " + bar.basis.label() + " "
                                + bar.symbolName)
                        .toList());
    }

    @Test
    void shouldSumSizesOfBothScalesExactlyIn128Bits() {
        long huge = 9_000_000_000_000_000_000L;
        bars.onTrade(BTC, T0, 11, huge, 4, true, clockMs);
        bars.onTrade(BTC, T0, 11, 1, 8, false, clockMs);
        clock(2_000);
        Bar bar = emitted.all.get(0);
        assertEquals(new BigDecimal("900000000000000.00000001"), bar.volume.decimal(8));
        assertEquals(new BigDecimal("900000000000000.00000000"), bar.buyVolume.decimal(8));
        assertEquals(new BigDecimal("99000000.0000000000000011"), bar.quoteVolume.decimal(16));
    }

    @Test
    void shouldRefuseASizeOfAnotherScale() {
        assertThrows(IllegalArgumentException.class, () -> bars.onTrade(BTC, T0, 1, 1, 6, true, clockMs));
    }

    @Test
    void shouldMakeBarsOfMidsWithoutVolume() {
        bars.onMid(BTC, T0 + 10, Decimals.parse("10.5"), clockMs);
        bars.onMid(BTC, T0 + 20, Decimals.parse("10"), clockMs);
        assertEquals(List.of("1s@0 10.5 10.5 10 10 v0 n2 complete r0"), clock(2_000));
        assertEquals(Basis.MID, emitted.all.get(0).basis);
    }

    @Test
    void shouldCarryTheCloseIntoEmptyBarsAndReviseThemWithIt() {
        bars = aggregator(EmptyBars.CARRY, "1s");
        trade(0, "10", "1");
        trade(3_000, "20", "1");
        assertEquals(
                List.of(
                        "1s@0 10 10 10 10 v1 n1 complete r0",
                        "1s@1000 10 10 10 10 v0 n0 complete r0",
                        "1s@2000 10 10 10 10 v0 n0 complete r0",
                        "1s@3000 20 20 20 20 v1 n1 complete r0"),
                clock(4_500));
        trade(500, "11", "1");
        trade(2_500, "12", "1");
        assertEquals(
                List.of(
                        "1s@0 10 11 10 11 v2 n2 complete r1",
                        "1s@1000 11 11 11 11 v0 n0 complete r1",
                        "1s@2000 12 12 12 12 v1 n1 complete r1"),
                clock(4_500));
        trade(400, "9", "1");
        assertEquals(List.of("1s@0 10 11 9 11 v3 n3 complete r2"), clock(4_500));
    }

    @Test
    void shouldFillTheBucketsBehindALateFirstTrade() {
        bars = aggregator(EmptyBars.CARRY, "1s");
        trade(3_000, "20", "1");
        clock(4_500);
        trade(1_000, "10", "1");
        assertEquals(
                List.of("1s@1000 10 10 10 10 v1 n1 complete r0", "1s@2000 10 10 10 10 v0 n0 complete r0"),
                clock(4_500));
    }

    @Test
    void shouldLeaveEmptyBarsWithoutPricesUnderTheNullPolicy() {
        bars = aggregator(EmptyBars.NULL, "1s");
        trade(0, "10", "1");
        assertEquals(
                List.of("1s@0 10 10 10 10 v1 n1 complete r0", "1s@1000 null null null null v0 n0 complete r0"),
                clock(2_500));
        trade(1_000, "5", "1");
        assertEquals(List.of("1s@1000 5 5 5 5 v1 n1 complete r1"), clock(2_500));
    }

    @Test
    void shouldGiveEveryBucketOfAHugeJumpInOrderAndHoldFew() {
        bars = aggregator(EmptyBars.CARRY, "1s", "1m");
        trade(0, "10", "1");
        long day = Duration.ofDays(1).toMillis();
        assertEquals(86_400 + 1_440, clock(day + 500).size());
        assertEquals(2, counters.value("bars.open"));
        List<Bar> held = new ArrayList<>();
        bars.forEachLastClosed(Integer.MAX_VALUE, bar -> held.add(bar.copy()));
        assertTrue(held.size() <= 12, () -> "held " + held.size());
    }

    @Test
    void shouldReviseBarsWhoseCoverageIsTruncatedAndProvenAgain() {
        coverage = new FakeCoverage();
        coverage.start(T0, T0);
        bars = aggregator(EmptyBars.NONE, "1s");
        trade(0, "10", "1");
        trade(1_000, "10", "1");
        coverage.advance(T0 + 2_600);
        assertEquals(
                List.of("1s@0 10 10 10 10 v1 n1 complete r0", "1s@1000 10 10 10 10 v1 n1 complete r0"), clock(2_600));
        coverage.lose(T0 + 1_500);
        bars.onCoverageChanged(BTC, Basis.TRADE);
        assertEquals(List.of("1s@1000 10 10 10 10 v1 n1 incomplete r1"), clock(2_600));

        trade(1_900, "11", "1");
        coverage.rejoin(T0 + 60_000, bars.provableFrom(BTC, Basis.TRADE));
        bars.onCoverageChanged(BTC, Basis.TRADE);
        assertEquals(List.of("1s@1000 10 11 10 11 v2 n2 complete r2"), clock(60_000));
    }

    @Test
    void shouldKeepUndecidedBarsBeyondTheWindowUpToACapAndSayWhatCanNoLongerBeProven() {
        coverage = new FakeCoverage();
        coverage.start(T0, T0);
        bars = aggregator(EmptyBars.CARRY, "1s", "1m");
        trade(0, "10", "1");
        clock(500);
        coverage.lose(T0);
        bars.onCoverageChanged(BTC, Basis.TRADE);
        long hours = 5_000_000;
        clock(hours);
        long provableFrom = bars.provableFrom(BTC, Basis.TRADE);
        // Closed up to 4,999 s; revisable for late trades after 4,990 s; 4,096 before that are kept.
        assertEquals(T0 + (4_990 - BarSeries.MAX_UNDECIDED) * 1_000L, provableFrom);

        coverage.rejoin(T0 + hours, provableFrom);
        bars.onCoverageChanged(BTC, Basis.TRADE);
        clock(hours);
        long compared = new RollUp(emitted.lastRevisions(), coverage).check(config(EmptyBars.CARRY, "1s", "1m"));
        assertEquals(83, compared);
        assertEquals(
                4_096 + 9,
                emitted.lastRevisions().values().stream()
                        .filter(bar -> bar.key().timeframe().label().equals("1s") && bar.complete())
                        .count());
    }

    @Test
    void shouldNotLetABarBeProvenThatARefusedTradeBelongsTo() {
        assertEquals(Long.MIN_VALUE, bars.provableFrom(BTC, Basis.TRADE));
        trade(0, "10", "1");
        clock(60_000);
        assertFalse(trade(2_000, "10", "1"));
        assertEquals(T0 + 2_001, bars.provableFrom(BTC, Basis.TRADE));
        assertEquals(Long.MIN_VALUE, bars.provableFrom(BTC, Basis.MID));
    }

    @Test
    void shouldListOpenAndLastClosedBarsBySymbolTimeframeAndStart() {
        bars = aggregator(EmptyBars.NONE, "1s", "1m");
        bars.onTrade(1, T0, 1, 1, 8, true, clockMs);
        trade(0, "10", "1");
        trade(1_000, "10", "1");
        trade(3_000, "10", "1");
        clock(2_600);
        List<String> open = new ArrayList<>();
        bars.forEachOpen(bar -> open.add(bar.symbolName + " " + text(bar)));
        assertEquals(
                List.of(
                        "BTC 1s@3000 10 10 10 10 v1 n1 incomplete r0",
                        "BTC 1m@0 10 10 10 10 v3 n3 incomplete r0",
                        "ETH 1m@0 0.00000001 0.00000001 0.00000001 0.00000001 v0.00000001 n1 incomplete r0"),
                open);
        List<String> closed = new ArrayList<>();
        bars.forEachLastClosed(1, bar -> closed.add(bar.symbolName + " " + bar.timeframe + "@" + (bar.startMs - T0)));
        assertEquals(List.of("BTC 1s@1000", "ETH 1s@0"), closed);
    }

    @Test
    void shouldStartANewTimeframeWithTheBucketTheClockIsIn() {
        trade(0, "10", "1");
        clock(65_000);
        bars.reconfigure(config(EmptyBars.NONE, "1s", "1m"), clockMs);
        trade(59_000, "11", "1");
        trade(66_000, "12", "1");
        trade(121_000, "13", "1");
        assertEquals(
                List.of(
                        "1s@59000 11 11 11 11 v1 n1 complete r0",
                        "1s@66000 12 12 12 12 v1 n1 complete r0",
                        "1m@60000 12 12 12 12 v1 n1 incomplete r0",
                        "1s@121000 13 13 13 13 v1 n1 complete r0",
                        "1m@120000 13 13 13 13 v1 n1 complete r0"),
                clock(180_500));
    }

    @Test
    void shouldKeepWhatStaysAndDropWhatGoesWhenTheSettingsChange() {
        bars = aggregator(EmptyBars.NONE, "1s", "1m");
        trade(0, "10", "1");
        bars.reconfigure(config(EmptyBars.CARRY, "1s"), T0 + 100);
        assertEquals(1, counters.value("bars.dropped"));
        trade(200, "11", "1");
        assertEquals(
                List.of("1s@0 10 11 10 11 v2 n2 complete r0", "1s@1000 11 11 11 11 v0 n0 complete r0"), clock(2_500));
    }

    @Test
    void shouldNotReopenBarsThatAShorterRevisionWindowHadLetGo() {
        trade(0, "10", "1");
        clock(60_000);
        BarsConfig longer = new BarsConfig(
                List.of(Timeframe.parse("1s")),
                List.of(Basis.TRADE),
                Duration.ofMillis(500),
                Duration.ofHours(1),
                EmptyBars.NONE);
        bars.reconfigure(longer, clockMs);
        assertFalse(trade(49_999, "10", "1"));
        assertTrue(trade(50_000, "10", "1"));
    }
}
