package dev.millrace.tools;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Deals the points to the chains of one test; the seed decides the order. */
final class KillPlan {

    private final Random random;
    private final Map<KillPhase, List<KillPoint>> points = new EnumMap<>(KillPhase.class);

    private KillPlan(long seed) {
        random = new Random(seed);
    }

    /**
     * The plans of the chains, at last that of the one chain that deletes what it may.
     *
     * @param chains that keep their journals
     * @param rounds how often each point comes in all chains together
     * @param randomEach kills at a random time in each chain
     */
    static List<List<KillPoint>> deal(long seed, int chains, int rounds, int randomEach) {
        return new KillPlan(seed).dealt(chains, rounds, randomEach);
    }

    private List<List<KillPoint>> dealt(int chains, int rounds, int randomEach) {
        for (KillPhase phase : KillPhase.values()) {
            points.put(phase, new ArrayList<>());
        }
        for (KillPoint point : KillPoint.values()) {
            // Each chain's first life ends at one of these.
            int copies = point == KillPoint.AFTER_APPEND || point == KillPoint.NEW_HOUR ? rounds - 1 : rounds;
            points.get(point.phase()).addAll(Collections.nCopies(copies, point));
        }
        points.values().forEach(each -> Collections.shuffle(each, random));
        List<List<KillPoint>> steps = keepingSteps(rounds);
        steps.addAll(Collections.nCopies(randomEach * chains, List.of(KillPoint.RANDOM_TIME)));
        Collections.shuffle(steps, random);
        List<List<KillPoint>> plans = new ArrayList<>();
        for (int i = 0; i < chains; i++) {
            plans.add(flat(steps.subList(steps.size() * i / chains, steps.size() * (i + 1) / chains)));
        }
        List<KillPoint> deleting = new ArrayList<>(points.get(KillPhase.DELETION));
        deleting.addAll(Collections.nCopies(randomEach, KillPoint.RANDOM_TIME));
        if (rounds == 1) {
            Collections.sort(deleting); // what one leaves to be deleted serves the next
        } else {
            Collections.shuffle(deleting, random);
        }
        plans.add(deleting);
        return plans;
    }

    private List<List<KillPoint>> keepingSteps(int rounds) {
        List<List<KillPoint>> steps = new ArrayList<>();
        points.get(KillPhase.STOP).forEach(point -> steps.add(List.of(point)));
        for (KillPoint point : points.get(KillPhase.LIFE)) {
            switch (point) {
                // Only a start that finds no snapshot of the last records replays them.
                case MID_SNAPSHOT -> steps.add(List.of(point, KillPoint.TAIL_REPLAYED));
                case TAIL_REPLAYED -> {}
                default -> steps.add(List.of(point));
            }
        }
        points.get(KillPhase.ROLL).forEach(point -> steps.add(List.of(point)));
        // Only a start that finds a closed hour compresses one; until it is named, the next start finds it again.
        List<KillPoint> compressions = Arrays.stream(KillPoint.values())
                .filter(point -> point.phase() == KillPhase.COMPRESSION)
                .toList();
        steps.addAll(Collections.nCopies(rounds, compressions));
        return steps;
    }

    private static List<KillPoint> flat(List<List<KillPoint>> steps) {
        return steps.stream().flatMap(List::stream).toList();
    }
}
