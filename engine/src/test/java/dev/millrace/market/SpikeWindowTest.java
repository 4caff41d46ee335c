package dev.millrace.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** By hand: ln 1.0512 = .04993, ln 1.0513 = .05003; and against the definition, written out with sorted lists. */
class SpikeWindowTest {

    private static final long SEED = 11;

    @Test
    void shouldFlagFivePercentWhereNothingMoves() {
        assertFalse(flags(flat(100), 105.12));
        assertTrue(flags(flat(100), 105.13));
        assertFalse(flags(flat(100), 95.13), "ln .9513 = -.04993");
        assertTrue(flags(flat(100), 95.12), "ln .9512 = -.05003");
    }

    @Test
    void shouldFlagNothingBeforeAHundredTrades() {
        assertFalse(flags(flat(99), 1_000));
        assertTrue(flags(flat(100), 1_000));
    }

    /** Half at 99 and half at 101: MAD = (.0100503 + .0099503) / 2 = .0100003, ten deviations .148265: 115.982 or 86.220. */
    @Test
    void shouldAllowTenDeviationsWhereMuchMoves() {
        List<Double> restless = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            restless.add(99.0);
            restless.add(101.0);
        }
        assertFalse(flags(restless, 115.981));
        assertTrue(flags(restless, 115.983));
        assertFalse(flags(restless, 86.221));
        assertTrue(flags(restless, 86.220));
    }

    /** The fiftieth at the new level is the last whose median is the old one. */
    @Test
    void shouldFlagANewLevelUntilItIsHalfOfTheWindow() {
        SpikeWindow window = window(flat(100));
        int flagged = 0;
        for (int i = 0; i < 200; i++) {
            boolean spike = window.add(scaled(120));
            assertEquals(i < 50, spike, "trade " + (i + 1));
            flagged += spike ? 1 : 0;
        }
        assertEquals(50, flagged);
    }

    @Test
    void shouldFlagAsTheDefinitionDoes() {
        Random random = new Random(SEED);
        SpikeWindow window = new SpikeWindow();
        List<Long> all = new ArrayList<>();
        int spikes = 0;
        for (int i = 0; i < 5_000; i++) {
            double wild = random.nextInt(20) == 0 ? random.nextGaussian() * .2 : 0;
            long price = scaled(100 * Math.exp(random.nextGaussian() * .01 * (i % 7) + wild));
            boolean spike = window.add(price);
            assertEquals(isSpike(all, price), spike, "trade " + i + " of seed " + SEED);
            all.add(price);
            spikes += spike ? 1 : 0;
        }
        assertTrue(spikes > 50, "some of both: " + spikes);
    }

    @Test
    void shouldGoOnFromItsState() {
        Random random = new Random(SEED);
        for (int trades : new int[] {0, 40, 100, 250}) {
            SpikeWindow window = new SpikeWindow();
            for (int i = 0; i < trades; i++) {
                window.add(1L + random.nextInt(1_000));
            }
            SpikeWindow resumed = resumed(window);
            for (int i = 0; i < 300; i++) {
                long price = 1L + random.nextInt(1_000);
                assertEquals(window.add(price), resumed.add(price), "trade " + i + " behind " + trades);
            }
        }
    }

    private static SpikeWindow resumed(SpikeWindow window) {
        StateWriter out = new StateWriter();
        window.writeTo(out);
        SpikeWindow resumed = new SpikeWindow();
        resumed.readFrom(new StateReader(out.bytes(), out.length()));
        return resumed;
    }

    private static boolean isSpike(List<Long> before, long price) {
        if (before.size() < 100) {
            return false;
        }
        List<Long> last = before.subList(before.size() - 100, before.size());
        double median = middle(last.stream().map(each -> (double) each).toList());
        double deviation = middle(
                last.stream().map(each -> Math.abs(Math.log(each / median))).toList());
        return Math.abs(Math.log(price / median)) > Math.max(.05, 10 * 1.4826 * deviation);
    }

    private static double middle(List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        return (sorted.get(49) + sorted.get(50)) / 2;
    }

    private static List<Double> flat(int trades) {
        return Collections.nCopies(trades, 100.0);
    }

    private static SpikeWindow window(List<Double> before) {
        SpikeWindow window = new SpikeWindow();
        before.forEach(price -> assertFalse(window.add(scaled(price))));
        return window;
    }

    private static boolean flags(List<Double> before, double price) {
        return window(before).add(scaled(price));
    }

    private static long scaled(double price) {
        return Math.round(price * 1e8);
    }
}
