package dev.millrace.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One reading of Fear and Greed a day since 2018-02-01 as a function of the seed, without the days the source lacks. */
final class FearGreedPast {

    private static final LocalDate FIRST = LocalDate.of(2018, 2, 1);
    private static final Set<LocalDate> MISSING = Set.of(
            LocalDate.of(2018, 4, 14),
            LocalDate.of(2018, 4, 15),
            LocalDate.of(2018, 4, 16),
            LocalDate.of(2024, 10, 26));
    /** Days between two nodes of each part of the walk, and how far it goes. */
    private static final int[] SPACINGS = {1, 5, 20, 80};

    private static final double[] MOVES = {4, 8, 15, 25};

    private final long seed;

    FearGreedPast(long seed) {
        this.seed = SeededRandom.mix(seed + 5);
    }

    /** A day's reading, 5 to 95. */
    record Reading(LocalDate day, int value) {

        /** The class that the source was seen to give this value. */
        String classification() {
            if (value <= 25) {
                return "Extreme Fear";
            }
            if (value <= 46) {
                return "Fear";
            }
            if (value <= 54) {
                return "Neutral";
            }
            return value <= 75 ? "Greed" : "Extreme Greed";
        }
    }

    /** Newest first, up to this day; 0 for all. */
    List<Reading> latest(LocalDate today, int most) {
        List<Reading> readings = new ArrayList<>();
        for (LocalDate day = today; !day.isBefore(FIRST); day = day.minusDays(1)) {
            if (!MISSING.contains(day)) {
                readings.add(new Reading(day, value(day.toEpochDay())));
            }
            if (readings.size() == most) {
                break;
            }
        }
        return readings;
    }

    private int value(long day) {
        double sum = 50;
        for (int i = 0; i < SPACINGS.length; i++) {
            long node = Math.floorDiv(day, SPACINGS[i]);
            double along = Math.floorMod(day, SPACINGS[i]) / (double) SPACINGS[i];
            double here = unit(node, i);
            sum += MOVES[i] * (here + (unit(node + 1, i) - here) * along);
        }
        return Math.max(5, Math.min(95, (int) sum));
    }

    private double unit(long node, int part) {
        return 2 * SeededRandom.unit(SeededRandom.mix(seed + 7 * node + part)) - 1;
    }
}
