package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.CandleRead;
import dev.millrace.market.Gap;
import dev.millrace.market.Gap.Evidence;
import dev.millrace.market.Gap.Part;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A coin with a trade every ten seconds, cut off for a while, and what the exchange's candles make of the gap: as the market
 * tells it, live, from its state, and in a replay.
 */
class GapRepairTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    /** The beginning of an hour. */
    private static final long T0 = 1_700_000_000_000L / HOUR * HOUR;
    /** The last trade before the cut, and the first millisecond behind the oldest of the snapshot. */
    private static final long FROM = T0 + 3 * MINUTE + 20_000;

    private static final long TO = T0 + 5 * MINUTE + 30_001;
    private static final long END = T0 + 6 * MINUTE;

    private final Tape tape = new Tape();
    private final Told told = new Told();
    private int applied;
    private long tid;

    @Test
    void shouldAskForTheMinutesOnceTheyAreOverAndForLongerBarsOnceTheyAre() {
        cut();
        assertEquals(List.of(), due());
        pass(END + 9_000);
        assertEquals(List.of(), due());
        pass(END + 20_000);
        assertEquals(List.of(minutes()), due());
        candles(END + 20_000, 3, 4, 5);
        pass(END + 30_000);
        assertEquals(List.of(), due(), "an answer is known at once");
        pass(END + 200_000);
        assertEquals(List.of(minutes()), due(), "some come late");
        candles(END + 200_000, 3, 4, 5);
        pass(T0 + 10 * MINUTE + 140_000);
        assertEquals(List.of(new CandleRead("A", CandleInterval.FIVE_MINUTES, T0, T0 + 10 * MINUTE)), due());
        answer(
                T0 + 10 * MINUTE + 150_000,
                "5m",
                T0,
                T0 + 10 * MINUTE,
                candle("5m", T0, 5, 9) + "," + candle("5m", T0 + 5 * MINUTE, 5, 9));
        pass(T0 + HOUR + 4 * MINUTE);
        assertEquals(List.of(), due());
        pass(T0 + HOUR + 6 * MINUTE);
        assertEquals(List.of(minutes()), due(), "once more in the next hour");
        candles(T0 + HOUR + 6 * MINUTE, 3, 4, 5);
        pass(T0 + 3 * HOUR);
        assertEquals(List.of(), due());
        assertEquals(gap().filledBut(List.of()), last());
        assertSameFromState();
    }

    @Test
    void shouldTellWhatIsFilledAndWhatIsNot() {
        cut();
        candles(END + 20_000, 3, 4, 5);
        Part rest = new Part(T0 + 4 * MINUTE, TO);
        assertEquals(gap().filledBut(List.of(rest)), last(), "younger candles may still change");
        candles(END + 130_000, 3, 5);
        Part fourth = new Part(T0 + 4 * MINUTE, T0 + 5 * MINUTE);
        assertEquals(gap().filledBut(List.of(fourth)), last());
        assertTrue(!last().repaired());
        candles(END + 140_000, 3, 4, 5);
        assertEquals(gap().filledBut(List.of()), last());
        assertTrue(last().repaired());
        assertSameFromState();
    }

    @Test
    void shouldTakeAMinuteForEmptyWhenItsCandleIsAbsentTwiceTwoMinutesApart() {
        cut();
        candles(END + 20_000, 3, 5);
        candles(END + 139_000, 3, 5);
        assertTrue(!last().repaired());
        candles(END + 141_000, 3, 5);
        assertTrue(last().repaired());
    }

    @Test
    void shouldTakeNoOddCandleForAnAbsentOne() {
        cut();
        for (long ms : List.of(END + 20_000, END + 141_000)) {
            answer(
                    ms,
                    "1m",
                    minutes().fromMs(),
                    END,
                    candle("1m", T0 + 3 * MINUTE, 1, 9) + ","
                            + candle("1m", T0 + 4 * MINUTE, 1, -9) + ","
                            + candle("1m", T0 + 5 * MINUTE, 1, 9));
        }
        Part fourth = new Part(T0 + 4 * MINUTE, T0 + 5 * MINUTE);
        assertEquals(gap().filledBut(List.of(fourth)), last(), "the others of the page fill theirs");
        assertSameFromState();
    }

    @Test
    void shouldTakeNoAbsenceForEmptyOfACoinThatIsGone() {
        cut();
        tape.rest(
                END,
                "200 {\"type\":\"metaAndAssetCtxs\"}\n[{\"universe\":[{\"name\":\"A\",\"szDecimals\":2,"
                        + "\"isDelisted\":true}]},[{\"dayNtlVlm\":\"1\"}]]");
        candles(END + 20_000);
        candles(END + 300_000);
        assertTrue(!last().repaired());
        pass(END + 3 * HOUR);
        assertEquals(List.of(), due(), "nothing more is to be had");
        assertEquals(gap().filledBut(List.of(new Part(FROM, TO))), last());
    }

    @Test
    void shouldTakeNoFailedAnswerForAnEmptyMarket() {
        cut();
        for (long ms : List.of(END + 20_000, END + 300_000, END + 600_000)) {
            tape.rest(ms, "200 " + request("1m", minutes().fromMs(), END) + "\nnull");
            tape.rest(ms, "500 " + request("1m", minutes().fromMs(), END) + "\n[]");
            tape.rest(ms, "200 " + request("1m", minutes().fromMs(), END) + "\n[{\"t\":");
        }
        pass(END + 601_000);
        assertEquals(List.of(gap()), gaps());
        assertTrue(due().contains(minutes()));
    }

    @Test
    void shouldClearTheGapWhenTheExchangeCountsNoMoreThanCame() {
        cut();
        answer(
                END + 130_000,
                "1m",
                minutes().fromMs(),
                END,
                candle("1m", T0 + 3 * MINUTE, 1, 3) + "," + candle("1m", T0 + 4 * MINUTE, 1, 0) + ","
                        + candle("1m", T0 + 5 * MINUTE, 1, 3));
        assertEquals(gap().disproven(), last());
        assertEquals(Evidence.DISPROVEN, last().evidence());
        assertSameFromState();
    }

    /** The venue answers only when an hour of trades has come since. */
    @Test
    void shouldClearTheGapAnHourLater() {
        cut();
        for (long ms = END + 10_000; ms < END + HOUR; ms += MINUTE) {
            tape.frame(2, ms, trades(ms, ms));
        }
        answer(
                END + HOUR + 130_000,
                "1m",
                minutes().fromMs(),
                END,
                candle("1m", T0 + 3 * MINUTE, 1, 3) + "," + candle("1m", T0 + 4 * MINUTE, 1, 0) + ","
                        + candle("1m", T0 + 5 * MINUTE, 1, 3));
        assertEquals(gap().disproven(), last());
        assertSameFromState();
    }

    @Test
    void shouldFillWithLongerCandlesWhatTheVenueNoLongerKeepsShorterOnesOf() {
        cut();
        long late = T0 + 5_000 * MINUTE + HOUR;
        pass(late);
        assertEquals(
                List.of(new CandleRead("A", CandleInterval.FIVE_MINUTES, T0, T0 + 10 * MINUTE)),
                due(),
                "no minutes of it are left");
        answer(late + 6_000, "1m", minutes().fromMs(), END, "");
        answer(late + 200_000, "1m", minutes().fromMs(), END, "");
        assertEquals(List.of(gap()), gaps(), "what is no longer kept is not empty");
        answer(
                late + 210_000,
                "5m",
                T0,
                T0 + 10 * MINUTE,
                candle("5m", T0, 5, 9) + "," + candle("5m", T0 + 5 * MINUTE, 5, 9));
        assertTrue(last().repaired());
    }

    @Test
    void shouldLeaveAMinuteOpenThatOnlyALongerCandleHolds() {
        cut();
        answer(
                T0 + 20 * MINUTE,
                "5m",
                T0,
                T0 + 10 * MINUTE,
                candle("5m", T0, 5, 9) + "," + candle("5m", T0 + 5 * MINUTE, 5, 9));
        assertEquals(List.of(gap()), gaps());
    }

    /** Trades up to the cut, and the snapshot after it, which shares none with them. */
    private void cut() {
        tape.session(T0, Tape.results(4096, Duration.ofMinutes(10), "1s", "1m", "5m"));
        connect(1, T0, T0, T0);
        for (long ms = T0 + 10_000; ms <= FROM; ms += 10_000) {
            tape.frame(1, ms, trades(ms, ms));
        }
        tape.lifecycle(Lifecycle.LOST, 1, FROM + 5_000);
        connect(2, T0 + 5 * MINUTE + 55_000, TO - 1, T0 + 5 * MINUTE + 50_000);
        pass(T0 + 5 * MINUTE + 56_000);
        assertEquals(List.of(gap()), gaps());
    }

    private void connect(int connection, long ms, long oldestMs, long newestMs) {
        tape.lifecycle(Lifecycle.CONNECTED, connection, ms);
        tape.frame(connection, ms, Frames.tradesAck("A"));
        tape.frame(connection, ms, trades(oldestMs, newestMs));
    }

    private String trades(long fromMs, long toMs) {
        List<VenueTrade> trades = new ArrayList<>();
        for (long ms = fromMs; ms <= toMs; ms += 10_000) {
            trades.add(new VenueTrade("A", ms, ++tid, 100_00000000L, 1_00000000L, true));
        }
        return Frames.trades(trades);
    }

    private static Gap gap() {
        return new Gap("A", "trades", FROM, TO, "disconnect", Evidence.UNPROVEN, false);
    }

    private static CandleRead minutes() {
        return new CandleRead("A", CandleInterval.ONE_MINUTE, T0 + 3 * MINUTE, END);
    }

    /** Candles of these minutes, in answer to a question for all. */
    private void candles(long ms, int... minutes) {
        answer(
                ms,
                "1m",
                minutes().fromMs(),
                END,
                IntStream.of(minutes)
                        .mapToObj(minute -> candle("1m", T0 + minute * MINUTE, 1, 9))
                        .collect(Collectors.joining(",")));
    }

    private void answer(long ms, String interval, long fromMs, long toMs, String candles) {
        pass(ms - 1_000);
        tape.rest(ms, "200 " + request(interval, fromMs, toMs) + "\n[" + candles + "]");
        pass(ms + 6_000);
    }

    private static String request(String interval, long fromMs, long toMs) {
        return InfoRequest.candles("A", CandleInterval.of(interval), fromMs, toMs - 1)
                .json();
    }

    private static String candle(String interval, long startMs, int length, int trades) {
        return "{\"t\":" + startMs + ",\"T\":" + (startMs + length * MINUTE - 1) + ",\"s\":\"A\",\"i\":\"" + interval
                + "\",\"o\":\"1.0\",\"c\":\"1.0\",\"h\":\"1.0\",\"l\":\"1.0\",\"v\":\"1.0\",\"n\":" + trades + "}";
    }

    /** The venue's time goes on, told by books, every second. */
    private void pass(long untilMs) {
        List<MarketEvent> records = tape.records();
        long lastMs = records.get(records.size() - 1).receiveNs() / Tape.MS;
        long step = Math.max(1_000, (untilMs - lastMs) / 500);
        for (long ms = lastMs + step; ms < untilMs; ms += step) {
            tape.frame(2, ms, Frames.bbo("A", ms, "1.0", "2.0"));
        }
        tape.frame(2, untilMs, Frames.bbo("A", untilMs, "1.0", "2.0"));
        while (applied < records.size()) {
            told.market.onEvent(records.get(applied++));
        }
    }

    private List<CandleRead> due() {
        return told.market.candlesDue();
    }

    private List<Gap> gaps() {
        return told.gaps;
    }

    private Gap last() {
        return told.gaps.get(told.gaps.size() - 1);
    }

    /** A market that takes up the state behind any of the last records tells the rest of it. */
    private void assertSameFromState() {
        List<MarketEvent> records = tape.records();
        for (int cut : List.of(records.size() / 4, records.size() / 2, records.size() - 20)) {
            Told before = new Told();
            records.subList(0, cut).forEach(before.market::onEvent);
            Told resumed = Told.resumed(before.state(), true);
            records.subList(cut, records.size()).forEach(resumed.market::onEvent);
            List<Gap> both = new ArrayList<>(before.gaps);
            both.addAll(resumed.gaps);
            assertEquals(told.gaps, both, "from record " + cut);
            assertTrue(Arrays.equals(told.state(), resumed.state()), "state from record " + cut);
        }
    }
}
