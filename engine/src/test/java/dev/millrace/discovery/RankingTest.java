package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {

    /** Orthogonal patterns over 24 days: what has one and what has another do not correlate at all. */
    private static final double[] ONE = pattern(1, 1, -1, -1);

    private static final double[] OTHER = pattern(1, -1, 1, -1);
    private static final double[] THIRD = pattern(1, -1, -1, 1);

    @Test
    void shouldTakeUnrelatedCoinsByTheirScore() {
        Ranking ranking = rank(coin("A", 1, .3, ONE), coin("B", 2, .9, OTHER), coin("C", 3, .6, THIRD));
        assertRanks(ranking, "B", "C", "A");
    }

    /**
     * By hand: A first with .9. Then B, which correlates with A by .8, has .7·.85 − .3·.8 = .355, and C, which does not,
     * .7·.6 = .42: C before B, though B scores more.
     */
    @Test
    void shouldPreferTheUnlikeOverTheBetter() {
        Ranking ranking = rank(coin("A", 3, .9, ONE), coin("B", 2, .85, mix(.8, .6)), coin("C", 1, .6, THIRD));
        assertRanks(ranking, "A", "C", "B");
        // With .7·.9 − .24 = .39 against .7·.55 = .385 it is the other way round.
        ranking = rank(coin("A", 3, .95, ONE), coin("B", 2, .9, mix(.8, .6)), coin("C", 1, .55, THIRD));
        assertRanks(ranking, "A", "B", "C");
    }

    @Test
    void shouldGiveNothingForMovingAgainstTheOthers() {
        double[] against = Arrays.stream(ONE).map(r -> -r).toArray();
        Ranking ranking = rank(coin("A", 3, .9, ONE), coin("B", 2, .5, against), coin("C", 1, .51, THIRD));
        assertRanks(ranking, "A", "C", "B");
    }

    @Test
    void shouldKeepTheOneOfGreaterVolumeOfTwoThatMoveAsOne() {
        Ranking ranking = rank(coin("A", 1, .9, ONE), coin("B", 2, .2, mix(.96, .28)), coin("C", 9, .1, OTHER));
        assertEquals(0, ranking.rank("A"));
        assertEquals("moves as B, which trades more: correlation 0.960", ranking.whyLeftOut("A"));
        assertRanks(ranking, "B", "C");
        assertNull(ranking.whyLeftOut("B"));
    }

    @Test
    void shouldBreakTiesByVolumeThenName() {
        assertRanks(rank(coin("A", 1, .5, ONE), coin("B", 2, .5, OTHER)), "B", "A");
        assertRanks(rank(coin("B", 1, .5, ONE), coin("A", 1, .5, OTHER)), "A", "B");
    }

    @Test
    void shouldCountAnUnknownCorrelationAsOne() {
        Ranking ranking = rank(coin("A", 2, .5, ONE), coin("B", 1, .9, Arrays.copyOf(OTHER, 19)));
        assertEquals("moves as A, which trades more: correlation 1.000", ranking.whyLeftOut("B"));
    }

    private static void assertRanks(Ranking ranking, String... names) {
        for (int i = 0; i < names.length; i++) {
            assertEquals(i + 1, ranking.rank(names[i]), names[i]);
        }
    }

    private static Ranking rank(Candidate... coins) {
        return new Ranking(List.of(coins), Samples.GATES, Samples.MEMBERS);
    }

    private static Candidate coin(String name, double volume, double composite, double[] returns) {
        return new Candidate(name, volume, composite, Samples.returns(returns));
    }

    private static double[] pattern(double... four) {
        double[] days = new double[24];
        for (int i = 0; i < days.length; i++) {
            days[i] = .03 * four[i % 4];
        }
        return days;
    }

    /** Correlates with ONE by the first share when the squares of both sum to 1. */
    private static double[] mix(double one, double other) {
        double[] days = new double[24];
        for (int i = 0; i < days.length; i++) {
            days[i] = one * ONE[i] + other * OTHER[i];
        }
        return days;
    }
}
