package dev.millrace.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** By hand: minutes that lack something, put together in another order of brackets. */
class GapRunTest {

    @Test
    void shouldJoinWhatTouchesTheBorder() {
        GapRun before = GapRun.of(60).then(GapRun.BREAK).then(GapRun.of(180));
        GapRun after = GapRun.of(120).then(GapRun.of(60)).then(GapRun.BREAK).then(GapRun.of(5));
        assertEquals(new GapRun(60, 180, 180, false), before);
        assertEquals(new GapRun(180, 180, 5, false), after);
        assertEquals(new GapRun(60, 360, 5, false), before.then(after));
    }

    @Test
    void shouldReachOverADayThatLacksAllOfIt() {
        GapRun run = GapRun.BREAK
                .then(GapRun.of(60))
                .then(GapRun.of(86_400))
                .then(GapRun.of(30))
                .then(GapRun.BREAK);
        assertEquals(new GapRun(0, 86_490, 0, false), run);
    }

    @Test
    void shouldChangeNothingWithNoTime() {
        GapRun run = new GapRun(1, 7, 3, false);
        assertEquals(run, run.then(GapRun.NONE));
        assertEquals(run, GapRun.NONE.then(run));
    }

    @Test
    void shouldCountOverMidnightWholeAndTheRestOfEachDayApart() {
        Measures evening = new Measures(
                86_400,
                240,
                0,
                1_436,
                0,
                0,
                0,
                0,
                0,
                GapRun.BREAK.then(GapRun.of(240)),
                GapRun.BREAK.then(GapRun.of(240)));
        Measures morning = new Measures(
                86_400, 0, 180, 1_437, 0, 0, 0, 0, 0, GapRun.of(180).then(GapRun.BREAK), GapRun.BREAK);
        Measures both = evening.then(morning);
        assertEquals(420, both.longestGapSeconds());
        assertEquals(240, both.longestUnrepairedSeconds(), "candles fill what is behind midnight");
        assertEquals(172_800, both.expectedSeconds());
    }
}
