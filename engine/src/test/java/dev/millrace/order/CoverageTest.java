package dev.millrace.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.ClockConfig;
import dev.millrace.config.OrderConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.market.Basis;
import dev.millrace.market.Gap;
import dev.millrace.market.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private static final long MS = 1_000_000L;
    private static final int BTC = 0;
    private static final int ETH = 1;
    private static final int ANY_COIN = -1;
    private static final long NEVER = Long.MIN_VALUE;

    private final VenueClock clock =
            new VenueClock(new ClockConfig(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10)));
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Integer> changed = new ArrayList<>();
    private final Coverage coverage = new Coverage(
            new ResultConfig(
                    new OrderConfig(4096, 100_000, Duration.ofSeconds(30)),
                    new ClockConfig(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10)),
                    new BarsConfig(
                            List.of(Timeframe.parse("1m")),
                            List.of(Basis.TRADE),
                            Duration.ofMillis(500),
                            Duration.ofMinutes(10),
                            BarsConfig.EmptyBars.NONE)),
            clock,
            symbol -> "COIN" + symbol,
            (gap, receiveNs) -> gaps.add(gap),
            (symbol, basis) -> changed.add(symbol));

    @Test
    void shouldStartOneMillisecondAfterTheOldestTradeOfTheFirstSnapshot() {
        snapshot(1, 10_000, 20_000, false);

        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_000, 20_000));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 20_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_001, 20_001));
        assertTrue(gaps.isEmpty());
    }

    @Test
    void shouldStopAtTheLastExchangeTimeBeforeLost() {
        snapshot(1, 10_000, 20_000, false);
        carryTo(23_000);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 23_000));

        coverage.onLost(1, 30_000 * MS);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 20_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_001, 20_001));
        assertEquals(20_000, coverage.unresolvedFrom(BTC, Basis.TRADE));
    }

    @Test
    void shouldStopAtTheLastExchangeTimeAndNotTheGreatestWhereTheClockWentBack() {
        snapshot(1, 10_000, 20_000, false);
        stamped(1, 21_000, 51_000);
        stamped(1, 22_000, 22_000);
        coverage.onLost(1, 23_000 * MS);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 22_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_001, 22_001));

        acknowledge(2, 25_000);
        frame(2, 24_000, 25_000, false, 51_000);
        assertEquals(
                List.of(new Gap("COIN0", "trades", 22_000, 24_001, "disconnect", Gap.Evidence.UNPROVEN, false)), gaps);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 24_001, 51_000));
    }

    @Test
    void shouldJoinByOverlapBehindAClockThatWentBack() {
        snapshot(1, 10_000, 20_000, false);
        stamped(1, 21_000, 51_000);
        stamped(1, 22_000, 22_000);
        coverage.onLost(1, 23_000 * MS);
        snapshot(2, 21_500, 25_000, true);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 51_000));
        assertTrue(gaps.isEmpty());
    }

    @Test
    void shouldRememberAnEarlierHoleWhoseTimeTheClockGivesAgain() {
        snapshot(1, 10_000, 20_000, false);
        stamped(1, 21_000, 51_000);
        coverage.onUndecodable(BTC, 1, 21_000 * MS, 45_000, 45_001, 20_000);
        stamped(1, 22_000, 22_000);
        coverage.onLost(1, 23_000 * MS);
        acknowledge(2, 25_000);
        frame(2, 24_000, 25_000, false, 51_000);
        stamped(2, 60_000, 60_000);

        assertFalse(coverage.covered(BTC, Basis.TRADE, 45_000, 45_001));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 45_001, 60_000));
    }

    /** The stream itself gave nothing since: other streams of its connection told that time went back, and on. */
    @Test
    void shouldDoubtWhatAQuietStreamMayHaveMissedSinceTheClockWentBack() {
        snapshot(1, 10_000, 20_000, false);
        stamped(1, 21_000, 51_000);
        exchangeTime(22_000, 22_000);
        exchangeTime(26_000, 26_000);
        coverage.onLost(1, 27_000 * MS);
        acknowledge(2, 61_000);
        frame(2, 60_000, 61_000, false, 51_000);

        assertEquals(22_000, gaps.get(0).fromMs());
        assertEquals(60_001, gaps.get(0).toMs());
    }

    @Test
    void shouldNotTakeAnOldSnapshotForAClockThatWentBack() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onExchangeTime(1, 20_100 * MS, 5_000, false);
        coverage.onLost(1, 21_000 * MS);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 20_000));
    }

    @Test
    void shouldNotProveByAnotherConnectionWhatTheClockGivesAgain() {
        for (boolean seenByTheFirst : List.of(false, true)) {
            CoverageTest each = new CoverageTest();
            each.twoCarriers();
            each.stamped(1, 21_000, 51_000);
            each.stamped(2, 21_000, 51_000);
            each.stamped(2, 22_000, 22_000);
            if (seenByTheFirst) {
                each.stamped(1, 22_000, 22_000);
            }
            each.coverage.onLost(1, 23_000 * MS);
            each.stamped(2, 24_000, 24_000);
            each.coverage.onLost(2, 25_000 * MS);

            assertTrue(each.coverage.covered(BTC, Basis.TRADE, 10_001, 24_000));
            assertFalse(each.coverage.covered(BTC, Basis.TRADE, 10_001, 24_001));
        }
    }

    @Test
    void shouldTellWhatWasMissedOnBothSidesOfAClockThatWentBackOverTheBreak() {
        snapshot(1, 10_000, 20_000, false);
        stamped(1, 21_000, 51_000);
        coverage.onLost(1, 21_500 * MS);
        acknowledge(2, 25_000);
        frame(2, 24_000, 25_000, false, 51_000);

        // 4 s were missed: up to 51 + 4 s before the clock went back, from 24 − 4 s on behind it, and a second either
        // way.
        assertEquals(
                List.of(
                        new Gap("COIN0", "trades", 19_000, 24_001, "disconnect", Gap.Evidence.UNPROVEN, false),
                        new Gap("COIN0", "trades", 51_000, 56_000, "disconnect", Gap.Evidence.UNPROVEN, false)),
                gaps);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 19_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 19_000, 20_000));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 24_001, 51_000));
        stamped(2, 60_000, 60_000);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 55_999, 56_000));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 56_000, 60_000));
    }

    @Test
    void shouldJoinOverABreakOnOverlap() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onLost(1, 30_000 * MS);
        snapshot(2, 19_000, 25_000, true);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 25_000));
        assertTrue(gaps.isEmpty());
        assertEquals(Long.MAX_VALUE, coverage.unresolvedFrom(BTC, Basis.TRADE));
    }

    @Test
    void shouldReportAnUnprovenGapWithoutOverlap() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onLost(1, 30_000 * MS);
        snapshot(2, 24_000, 25_000, false);

        assertEquals(
                List.of(new Gap("COIN0", "trades", 20_000, 24_001, "disconnect", Gap.Evidence.UNPROVEN, false)), gaps);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 20_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 20_000, 24_001));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 24_001, 25_000));
    }

    @Test
    void shouldProveNothingMissingByWhatASnapshotGaveThatHadNotCome() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onLost(1, 30_000 * MS);
        acknowledge(2, 26_000);
        frame(2, 15_000, 25_000, false, 14_000);

        // The trades from 15 to 20 s had not come and are there now; whether one lies between 14 and 15 s nobody saw.
        assertEquals(Gap.Evidence.UNPROVEN, gaps.get(0).evidence());
        assertEquals(14_000, gaps.get(0).fromMs());
        assertEquals(15_001, gaps.get(0).toMs());
        assertFalse(coverage.covered(BTC, Basis.TRADE, 13_999, 15_001));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 15_001, 25_000));
    }

    @Test
    void shouldJoinOnlyFromWhereBarsCanStillBeProven() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onLost(1, 30_000 * MS);
        acknowledge(2, 26_000);
        clock.onExchangeTime(25_000, 26_000 * MS);
        clock.onRecord(26_000 * MS);
        coverage.onSnapshot(BTC, 2, 26_000 * MS, 19_000, 19_001, true, 19_000, 19_500, 22_000);

        assertFalse(coverage.covered(BTC, Basis.TRADE, 19_000, 21_000));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 22_000, 25_000));
        assertTrue(gaps.isEmpty());
    }

    @Test
    void shouldTakeANewSessionForALoss() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onSession(30_000 * MS);
        snapshot(1, 30_000, 31_000, false);

        assertEquals("session-end", gaps.get(0).cause());
        assertEquals(20_000, gaps.get(0).fromMs());
    }

    @Test
    void shouldTakeBackWhatASecondHoleReachesBackInto() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onUndecodable(BTC, 1, 20_000 * MS, 15_000, 15_001, 14_000);
        coverage.onUndecodable(BTC, 1, 20_000 * MS, 12_000, 13_000, 14_000);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 12_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 12_000, 12_500));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 13_000, 15_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 14_000, 16_000));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 15_001, 20_000));

        coverage.onUndecodable(BTC, 1, 20_000 * MS, 11_000, 16_000, 14_000);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 11_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_500, 11_001));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 15_500, 16_500));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 16_000, 20_000));
    }

    @Test
    void shouldNotTrustASilentConnection() {
        snapshot(1, 10_000, 20_000, false);
        changed.clear();
        long receiveMs = 21_000;
        for (; receiveMs <= 60_000; receiveMs += 1_000) {
            carryTo(receiveMs);
        }
        assertEquals(List.of(BTC), changed);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_001, 40_000));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 20_000));
        assertEquals(20_000, coverage.unresolvedFrom(BTC, Basis.TRADE));

        coverage.onFrame(1, receiveMs * MS);
        carryTo(receiveMs);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 40_000));
    }

    @Test
    void shouldCarryOnWithoutAGapWhenASecondConnectionTookOver() {
        snapshot(1, 10_000, 20_000, false);
        snapshot(2, 19_000, 21_000, true);
        coverage.onLost(1, 30_000 * MS);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 21_000));
        assertTrue(coverage.isLive(BTC));
    }

    @Test
    void shouldKeepCoverageWhicheverOfTwoCarriersIsLost() {
        for (int lost = 1; lost <= 2; lost++) {
            CoverageTest each = new CoverageTest();
            each.snapshot(1, 10_000, 20_000, false);
            each.snapshot(2, 15_000, 21_000, false); // before anything of the first was lost
            each.frame(1, 22_000);
            each.frame(2, 22_000);
            each.coverage.onLost(lost, 23_000 * MS);
            each.frame(3 - lost, 30_000);

            assertTrue(each.coverage.covered(BTC, Basis.TRADE, 10_001, 30_000), "lost " + lost);
            assertEquals(List.of(), each.gaps);
            each.coverage.onLost(3 - lost, 31_000 * MS);
            assertFalse(each.coverage.covered(BTC, Basis.TRADE, 10_001, 30_001));
            assertFalse(each.coverage.isLive(BTC));
        }
    }

    @Test
    void shouldTellTheHoleBetweenWhatOneProvedAndTheOtherBeganWith() {
        snapshot(1, 10_000, 20_000, false);
        // The first connection is half open: nothing of it comes any more, and the second begins later.
        snapshot(2, 24_000, 25_000, false);
        assertEquals(List.of(), gaps, "the first may still bring it");
        coverage.onLost(1, 26_000 * MS);

        assertEquals(
                List.of(new Gap("COIN0", "trades", 20_000, 24_001, "disconnect", Gap.Evidence.UNPROVEN, false)), gaps);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 20_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 20_000, 24_001));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 24_001, 25_000));
        assertTrue(coverage.isLive(BTC));
    }

    @Test
    void shouldNotTakeWhatASecondConnectionBeganWithForProofOfWhatCameBefore() {
        snapshot(1, 10_000, 20_000, false);
        snapshot(2, 24_000, 25_000, false);
        frame(1, 26_000); // it did bring what lay between
        coverage.onLost(1, 27_000 * MS);

        assertEquals(List.of(), gaps);
        frame(2, 28_000);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 28_000));
    }

    @Test
    void shouldNotTakeTheTimeOfOtherStreamsForProofOfThisOne() {
        snapshot(1, 10_000, 20_000, false);
        // Mute in this stream alone: what else the first connection brings goes on.
        coverage.onExchangeTime(1, 26_000 * MS, 26_000, true);
        snapshot(2, 24_000, 26_000, false);
        coverage.onLost(1, 27_000 * MS);

        assertEquals(
                List.of(new Gap("COIN0", "trades", 20_000, 24_001, "disconnect", Gap.Evidence.UNPROVEN, false)), gaps);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 20_000, 24_001));
    }

    @Test
    void shouldEndAtWhatEitherConnectionBroughtWhenBothAreLost() {
        snapshot(1, 10_000, 20_000, false);
        snapshot(2, 15_000, 20_000, false);
        frame(1, 25_000);
        coverage.onLost(1, 26_000 * MS);
        coverage.onLost(2, 27_000 * MS);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 25_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_001, 25_001));
        assertEquals(25_000, coverage.unresolvedFrom(BTC, Basis.TRADE));
    }

    @Test
    void shouldTrustTheFreshOneOfTwoConnections() {
        snapshot(1, 10_000, 20_000, false);
        snapshot(2, 15_000, 20_000, false);
        for (long receiveMs = 21_000; receiveMs <= 60_000; receiveMs += 1_000) {
            coverage.onFrame(2, receiveMs * MS);
            carryTo(receiveMs);
        }
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, clock.nowMs()));
        assertEquals(Long.MAX_VALUE, coverage.unresolvedFrom(BTC, Basis.TRADE));
    }

    @Test
    void shouldAwaitASnapshotOnEachConnection() {
        acknowledge(1, 10_000);
        acknowledge(2, 10_000);
        assertTrue(coverage.awaitsSnapshot(BTC, 1, 1));
        assertTrue(coverage.awaitsSnapshot(BTC, 2, 2));
    }

    @Test
    void shouldGoOnOverTheOtherConnectionWhenOneIsSubscribedAnewOrEnds() {
        snapshot(1, 10_000, 20_000, false);
        snapshot(2, 15_000, 20_000, false);
        coverage.onTradesAck(BTC, 1, 21_000 * MS, 20_000);
        assertTrue(coverage.isLive(BTC));
        frame(2, 22_000);
        coverage.onSnapshot(BTC, 1, 22_000 * MS, 18_000, 18_001, true, 18_000, NEVER, NEVER);
        coverage.onTradesUnsubscribed(BTC, 2, 23_000 * MS);
        frame(1, 24_000);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 24_000));
        assertEquals(List.of(), gaps);
    }

    @Test
    void shouldProveByTheOtherConnectionWhatCouldNotBeDecodedOnOne() {
        twoCarriers();
        coverage.onUndecodable(BTC, 1, 20_000 * MS, 15_000, 15_001, 14_000);
        carryTo(20_000);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 20_000), "the other had brought it before");

        coverage.onUndecodable(BTC, 2, 20_000 * MS, 20_000, 20_001, 19_000);
        coverage.onUndecodable(BTC, 1, 20_000 * MS, 20_000, 20_001, 19_000);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 19_999, 20_001));
        assertEquals(
                List.of("undecodable"), gaps.stream().map(Gap::cause).distinct().toList());
    }

    @Test
    void shouldDoubtWhatCouldNotBeDecodedUntilTheOtherConnectionBringsWhatFollows() {
        twoCarriers();
        coverage.onUndecodable(BTC, 1, 21_000 * MS, 19_000, 24_000, 20_000);
        frame(1, 30_000);
        carryTo(30_000);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_001, 20_500), "silence of the second proves nothing");
        assertTrue(coverage.covered(BTC, Basis.TRADE, 24_000, 30_000));
        assertEquals(List.of(), gaps);

        changed.clear();
        frame(2, 24_000);
        carryTo(30_000);
        assertEquals(List.of(BTC), changed);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 30_000));
    }

    @Test
    void shouldTellWhatCouldNotBeDecodedWhenTheOtherConnectionEndsWithoutIt() {
        twoCarriers();
        coverage.onUndecodable(BTC, 1, 21_000 * MS, 20_500, 20_501, 20_000);
        frame(1, 30_000);
        coverage.onTradesMute(BTC, 2, 31_000 * MS, 30_000);

        assertEquals(
                List.of(new Gap("COIN0", "trades", 20_500, 20_501, "undecodable", Gap.Evidence.UNPROVEN, false)), gaps);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 20_501, 30_000));
    }

    @Test
    void shouldGiveUpADoubtThatTheRevisionWindowLeaves() {
        twoCarriers();
        coverage.onUndecodable(BTC, 1, 21_000 * MS, 20_500, 20_501, 20_000);
        for (long timeMs = 30_000; timeMs <= 640_000; timeMs += 10_000) {
            frame(1, timeMs);
            carryTo(timeMs);
        }
        assertEquals(1, gaps.size());
        frame(2, 650_000);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 20_500, 20_501));
    }

    @Test
    void shouldNotJoinByATradeThatOnlyAConnectionWithAHoleBeforeItBrought() {
        snapshot(1, 10_000, 20_000, false);
        // The first falls mute at 20 s, the second begins at 24 s; then the first ends as the last one.
        snapshot(2, 24_000, 26_000, false);
        coverage.onUnreadableFrame(2, ANY_COIN, 10, 26_000 * MS, 26_000, 31_000);
        coverage.onUnreadableFrame(1, ANY_COIN, 10, 26_000 * MS, 26_000, 31_000);
        coverage.onLost(2, 27_000 * MS);
        coverage.onLost(1, 28_000 * MS);
        acknowledge(3, 29_000);
        frame(3, 25_000, 29_000, true, 26_000);

        assertFalse(coverage.covered(BTC, Basis.TRADE, 20_000, 24_001));
        assertTrue(gaps.stream().anyMatch(gap -> gap.fromMs() <= 20_000 && gap.toMs() > 24_000), gaps.toString());
    }

    @Test
    void shouldTakeBackWhatOnlySilenceProvedBeforeAHole() {
        snapshot(1, 10_000, 20_000, false);
        snapshot(2, 24_000, 26_000, false);
        coverage.onUnreadableFrame(2, ANY_COIN, 10, 26_000 * MS, 26_000, 31_000);
        coverage.onLost(1, 27_000 * MS);

        assertEquals(
                new Gap("COIN0", "trades", 20_000, 24_001, "disconnect", Gap.Evidence.UNPROVEN, false), gaps.get(0));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 20_000, 24_001));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 24_001, 26_000));
    }

    @Test
    void shouldSayThatAnUnreadableFrameMayBeAsLateAsTheClockTurnsOutToBeBehind() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onUnreadableFrame(1, ANY_COIN, 10, 20_000 * MS, 15_000, 25_000);
        exchangeTime(20_500, 140_500);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 25_000, 140_001));
        exchangeTime(90_000, 210_000);
        exchangeTime(91_000, 350_000);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 146_000, 350_000), "no further than that");
    }

    @Test
    void shouldSayThatAnUnreadableFrameMayBeAsOldAsTheClockTurnsOutToHaveGoneBack() {
        snapshot(1, 10_000, 20_000, false);
        stamped(1, 21_000, 51_000);
        coverage.onUnreadableFrame(1, ANY_COIN, 10, 22_000 * MS, 46_000, 56_000);
        stamped(1, 22_500, 22_500);

        assertFalse(coverage.covered(BTC, Basis.TRADE, 22_000, 22_001));
        coverage.onLost(1, 23_000 * MS);
        assertTrue(gaps.get(gaps.size() - 1).fromMs() <= 22_000, gaps.toString());
    }

    /** The oldest of the snapshot was made last: what was missed lies before its newest. */
    @Test
    void shouldEndAGapBehindTheNewestTradeOfASnapshotOverWhichTheClockStepped() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onLost(1, 21_000 * MS);
        acknowledge(2, 40_000);
        coverage.onSnapshot(BTC, 2, 40_000 * MS, 27_000, 38_001, false, Long.MAX_VALUE, 20_000, NEVER);
        stamped(2, 41_000, 41_000);

        assertEquals(
                List.of(new Gap("COIN0", "trades", 20_000, 38_001, "disconnect", Gap.Evidence.UNPROVEN, false)), gaps);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 38_000, 38_001));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 38_001, 41_000));
    }

    /** The second is half open, and the third begins when the clock has gone back: neither brought what the first lacks. */
    @Test
    void shouldNotSettleByTimesThatTheClockGivesAgainWhatWasInDoubtBeforeItWentBack() {
        twoCarriers();
        stamped(1, 30_000, 50_000);
        coverage.onUnreadableFrame(1, ANY_COIN, 10, 30_000 * MS, 46_000, 51_000);
        stamped(1, 36_000, 56_000); // by now it is known when that frame was sent
        stamped(1, 37_000, 37_000);
        snapshot(3, 36_500, 38_000, true);
        stamped(3, 60_000, 60_000);
        carryTo(61_000);

        assertFalse(coverage.covered(BTC, Basis.TRADE, 46_000, 51_000));
        coverage.onSession(62_000 * MS);
        assertEquals("undecodable", gaps.get(0).cause());
        assertTrue(gaps.get(0).fromMs() <= 46_000 && gaps.get(0).toMs() >= 51_000, gaps.toString());
    }

    /** The second is half open and hides what is lost between the first and the third. */
    @Test
    void shouldTakeBackWhatWasWholeBeforeAHoleWhenTheClockGivesItsTimesAgain() {
        twoCarriers();
        stamped(1, 30_000, 50_000);
        coverage.onUndecodable(BTC, 1, 30_000 * MS, 45_000, 49_000, 20_000);
        coverage.onUndecodable(BTC, 2, 30_000 * MS, 45_000, 49_000, 20_000);
        stamped(1, 31_000, 31_000);
        coverage.onLost(1, 32_000 * MS);
        acknowledge(3, 33_000);
        frame(3, 33_000, 34_000, false, 50_000);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 31_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 31_000, 33_001));
        assertTrue(
                gaps.contains(new Gap("COIN0", "trades", 31_000, 45_000, "clock-back", Gap.Evidence.UNPROVEN, false)),
                gaps.toString());
    }

    /** Half open, it does not see that the clock goes back, nor what the other then misses. */
    @Test
    void shouldNotJoinByAConnectionThatHeardNothingSinceTheClockWentBack() {
        twoCarriers();
        stamped(1, 21_000, 51_000);
        stamped(2, 21_000, 51_000);
        stamped(2, 22_000, 22_000);
        coverage.onLost(2, 23_000 * MS);
        acknowledge(3, 29_000);
        frame(3, 28_000, 29_000, false, 51_000);
        coverage.onLost(1, 30_000 * MS);

        assertEquals(
                List.of(new Gap("COIN0", "trades", 22_000, 28_001, "disconnect", Gap.Evidence.UNPROVEN, false)), gaps);
    }

    /** A snapshot that was held back is none any more when its subscription ends meanwhile; its trades count. */
    @Test
    void shouldTellAGapBehindTradesThatCameBeforeCoverageBegan() {
        acknowledge(1, 20_000);
        coverage.onSnapshot(BTC, 1, 20_000 * MS, 19_000, 19_001, false, Long.MAX_VALUE, 15_000, Long.MIN_VALUE);

        assertEquals(
                List.of(new Gap("COIN0", "trades", 15_000, 19_001, "resubscribe", Gap.Evidence.UNPROVEN, false)), gaps);
    }

    @Test
    void shouldSpareTheOtherCoinsWhereTheUnreadableFrameNamedOneThatItsConnectionGives() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onTradesAck(ETH, 1, 20_000 * MS, Long.MIN_VALUE);
        coverage.onUnreadableFrame(1, ETH, 10, 20_000 * MS, 15_000, 25_000);
        exchangeTime(20_500, 140_500);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 15_000, 140_000));
        assertEquals(List.of(), gaps);
    }

    @Test
    void shouldNotBelieveAnUnreadableFrameThatNamesACoinWhichItsConnectionDoesNotGive() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onUnreadableFrame(1, ETH, 10, 20_000 * MS, 15_000, 25_000);

        assertFalse(coverage.covered(BTC, Basis.TRADE, 15_000, 20_000));
    }

    @Test
    void shouldDoubtAStreamWhoseSnapshotWasHeldBackWhenAFrameBehindItCouldNotBeRead() {
        acknowledge(1, 20_000);
        coverage.onHeld(BTC, 1, 9);
        coverage.onUnreadableFrame(1, ANY_COIN, 10, 30_000 * MS, 25_000, 35_000);
        frame(1, 10_000, 20_000, false, NEVER);
        frame(1, 40_000);
        assertFalse(coverage.covered(BTC, Basis.TRADE, 25_000, 35_000));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 25_000));
        assertEquals(List.of("undecodable"), gaps.stream().map(Gap::cause).toList());
    }

    /** What one read of the socket brings has one receive time: the broken frame came first, so the snapshot holds all of it. */
    @Test
    void shouldNotDoubtAStreamForABrokenFrameReceivedTogetherWithTheSnapshotBehindIt() {
        acknowledge(1, 20_000);
        coverage.onUnreadableFrame(1, ANY_COIN, 8, 20_000 * MS, 15_000, 25_000);
        frame(1, 10_000, 20_000, false, NEVER);
        frame(1, 40_000);

        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 40_000));
        assertEquals(List.of(), gaps);
    }

    @Test
    void shouldTellTheWholeStretchOfWhatIsMissingWhenNoConnectionIsLeft() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onUnreadableFrame(1, ANY_COIN, 10, 20_000 * MS, 18_000, 19_000);
        coverage.onUnreadableFrame(1, ANY_COIN, 10, 21_000 * MS, 20_000, 21_000);
        assertEquals(1, gaps.size());
        coverage.onLost(1, 22_000 * MS);

        assertEquals(
                new Gap("COIN0", "trades", 18_000, 21_000, "undecodable", Gap.Evidence.UNPROVEN, false), gaps.get(1));
    }

    private void exchangeTime(long receiveMs, long timeMs) {
        clock.onExchangeTime(timeMs, receiveMs * MS);
        coverage.onExchangeTime(1, receiveMs * MS, timeMs, true);
        coverage.onFrame(1, receiveMs * MS);
        carryTo(receiveMs);
    }

    /** Both brought 10 to 20 s. */
    private void twoCarriers() {
        snapshot(1, 10_000, 20_000, false);
        snapshot(2, 10_000, 20_000, true);
    }

    @Test
    void shouldCutAHoleWhereTradesCouldNotBeDecoded() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onUndecodable(BTC, 1, 20_000 * MS, 15_000, 15_001, 14_000);

        assertFalse(coverage.covered(BTC, Basis.TRADE, 14_999, 15_001));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 15_000));
        assertTrue(coverage.covered(BTC, Basis.TRADE, 15_001, 20_000));
        assertEquals("undecodable", gaps.get(0).cause());
    }

    @Test
    void shouldDoubtEverythingSinceTheLastTradeWhenSubscribedAgain() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onTradesAck(BTC, 1, 20_000 * MS, 17_000);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 17_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_001, 17_001));

        frame(1, 16_000, 21_000, true, 17_000);
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 21_000));
    }

    @Test
    void shouldBeginAGapAtTheLastTradeThoughOtherStreamsToldTheTimeAfterIt() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onLost(1, 30_000 * MS);
        acknowledge(2, 25_000);
        coverage.onSnapshot(BTC, 2, 25_000 * MS, 24_000, 24_001, false, Long.MAX_VALUE, 18_000, NEVER);

        assertEquals(18_000, gaps.get(0).fromMs());
        assertTrue(coverage.covered(BTC, Basis.TRADE, 10_001, 18_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 10_001, 18_001));
    }

    @Test
    void shouldNotCallMissingForCertainWhatMayRepeatATrade() {
        snapshot(1, 10_000, 20_000, false);
        coverage.onUndecodable(BTC, 1, 20_000 * MS, 15_000, 15_001, 15_000);
        coverage.onUndecodable(BTC, 1, 20_000 * MS, 19_000, 19_001, 18_999);

        assertEquals(
                List.of(Gap.Evidence.UNPROVEN, Gap.Evidence.PROVEN),
                gaps.stream().map(Gap::evidence).toList());
    }

    @Test
    void shouldCoverBooksFromTheirFirstFrame() {
        coverage.books().onBook(BTC, 1, 20_000 * MS, 20_000, NEVER);
        clock.onExchangeTime(21_000, 21_000 * MS);
        clock.onRecord(21_000 * MS);

        assertTrue(coverage.covered(BTC, Basis.MID, 20_000, 21_000));
        assertFalse(coverage.covered(BTC, Basis.TRADE, 20_000, 21_000));
    }

    @Test
    void shouldTakeTheFrameThatCameFirstForTheSnapshotThoughItIsHeldBack() {
        acknowledge(1, 10_000);
        coverage.onHeld(BTC, 1, 20);
        coverage.onHeld(BTC, 1, 21);
        assertFalse(coverage.awaitsSnapshot(BTC, 1, 21));
        assertFalse(coverage.awaitsSnapshot(BTC, 1, 22));
        assertTrue(coverage.awaitsSnapshot(BTC, 1, 20));
        coverage.onHeldRefused(BTC, 21);
        assertFalse(coverage.awaitsSnapshot(BTC, 1, 22));
        coverage.onHeldRefused(BTC, 20);
        assertTrue(coverage.awaitsSnapshot(BTC, 1, 22));
        coverage.onHeld(BTC, 1, 23);
        coverage.onLost(1, 30_000 * MS);
        acknowledge(2, 11_000);
        assertTrue(coverage.awaitsSnapshot(BTC, 2, 24));
    }

    @Test
    void shouldJoinBooksOnlyWhereTheyOverlap() {
        book(1, 10_000, NEVER);
        book(1, 20_000, NEVER);
        coverage.onLost(1, 30_000 * MS);
        changed.clear();
        book(2, 20_000, NEVER);
        assertEquals(List.of(BTC), changed);
        assertTrue(coverage.covered(BTC, Basis.MID, 10_000, 20_000));
        book(2, 25_000, NEVER);
        assertTrue(coverage.covered(BTC, Basis.MID, 10_000, 25_000));
        coverage.onSession(30_000 * MS);
        book(3, 25_001, NEVER);
        book(3, 30_000, NEVER);
        assertTrue(coverage.covered(BTC, Basis.MID, 10_000, 25_000));
        assertFalse(coverage.covered(BTC, Basis.MID, 24_000, 26_000));
        assertTrue(coverage.covered(BTC, Basis.MID, 25_001, 30_000));
        assertEquals(List.of(), gaps);
    }

    @Test
    void shouldKeepBooksWholeWhileAnotherConnectionBringsThem() {
        book(1, 10_000, NEVER);
        book(2, 10_000, NEVER);
        book(1, 20_000, NEVER);
        coverage.onLost(1, 21_000 * MS);
        book(2, 25_000, NEVER);

        assertTrue(coverage.covered(BTC, Basis.MID, 10_000, 25_000));
    }

    @Test
    void shouldJoinBooksOnlyFromWhereBarsCanStillBeProven() {
        book(1, 10_000, NEVER);
        book(1, 20_000, NEVER);
        coverage.onLost(1, 30_000 * MS);
        book(2, 19_000, 22_000);
        book(2, 25_000, NEVER);

        assertFalse(coverage.covered(BTC, Basis.MID, 19_000, 21_000));
        assertTrue(coverage.covered(BTC, Basis.MID, 22_000, 25_000));
    }

    private void book(int connection, long timeMs, long provableFromMs) {
        long receiveNs = timeMs * MS;
        coverage.books().onBook(BTC, connection, receiveNs, timeMs, provableFromMs);
        clock.onExchangeTime(timeMs, receiveNs);
        coverage.onExchangeTime(connection, receiveNs, timeMs, true);
        clock.onRecord(receiveNs);
        coverage.onFrame(connection, receiveNs);
    }

    private void snapshot(int connection, long oldestMs, long newestMs, boolean overlaps) {
        acknowledge(connection, newestMs);
        frame(connection, oldestMs, newestMs, overlaps, NEVER);
    }

    private void acknowledge(int connection, long receiveMs) {
        coverage.onConnected(connection, receiveMs * MS);
        coverage.onTradesAck(BTC, connection, receiveMs * MS, NEVER);
        assertTrue(coverage.awaitsSnapshot(BTC, connection, 9));
    }

    private void frame(int connection, long oldestMs, long newestMs, boolean overlaps, long newestBeforeMs) {
        long receiveNs = newestMs * MS;
        coverage.onSnapshot(
                BTC,
                connection,
                receiveNs,
                oldestMs,
                oldestMs + 1,
                overlaps,
                overlaps ? oldestMs : Long.MAX_VALUE,
                newestBeforeMs,
                NEVER);
        assertFalse(coverage.awaitsSnapshot(BTC, connection, 9));
        coverage.onTrades(BTC, connection, newestMs, false);
        clock.onExchangeTime(newestMs, receiveNs);
        coverage.onExchangeTime(connection, receiveNs, newestMs, false);
        clock.onRecord(receiveNs);
        coverage.onFrame(connection, receiveNs);
    }

    /** Trades of a connection that is subscribed. */
    private void frame(int connection, long timeMs) {
        stamped(connection, timeMs, timeMs);
    }

    private void stamped(int connection, long receiveMs, long timeMs) {
        coverage.onTrades(BTC, connection, timeMs, true);
        clock.onExchangeTime(timeMs, receiveMs * MS);
        coverage.onExchangeTime(connection, receiveMs * MS, timeMs, true);
        clock.onRecord(receiveMs * MS);
        coverage.onFrame(connection, receiveMs * MS);
    }

    private void carryTo(long receiveMs) {
        clock.onRecord(receiveMs * MS);
        coverage.onRecord(receiveMs * MS);
    }
}
