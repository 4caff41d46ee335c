package dev.millrace.benchmarks.faults;

import dev.millrace.simulator.faults.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One fault, what else must happen so that it can act, and what the daemon must make of it.
 *
 * @param name the fault, as {@code simulate --fault} takes it but for its time
 * @param helpers other faults at the same time: a cut, so that the daemon connects
 * @param slot how long it and what it leaves may take
 * @param signs each of which must show
 * @param also lines of the log, as a pattern, that are true besides; any other line from warning on is a false alarm
 * @param ends what the log must say to be over, where it said that it began; empty where the streams show it
 */
record Scenario(String name, List<String> helpers, Duration slot, List<Sign> signs, String also, List<End> ends) {

    /** Patterns of two lines of the log: what is wrong, and that it is no more. */
    record End(Sign began, Sign over) {}

    static Scenario of(String name, int slotS, Sign... signs) {
        return new Scenario(name, List.of(), Duration.ofSeconds(slotS), List.of(signs), "$^", List.of());
    }

    Scenario with(String... newHelpers) {
        return new Scenario(name, List.of(newHelpers), slot, signs, also, ends);
    }

    Scenario also(String newAlso) {
        return new Scenario(name, helpers, slot, signs, newAlso, ends);
    }

    Scenario until(String began, String over) {
        List<End> all = new ArrayList<>(ends);
        all.add(new End(Sign.log(began), Sign.log(over)));
        return new Scenario(name, helpers, slot, signs, also, all);
    }

    /** The faults at their time after the exchange's start, the one of the name first. */
    List<Fault> faults(Duration at) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(helpers);
        return all.stream().map(text -> Fault.parse(timed(text, at))).toList();
    }

    private static String timed(String text, Duration at) {
        String time = "@" + at.toMillis() + "ms";
        return text.contains(" x") ? text.replace(" x", time + 'x') : text + time;
    }

    /** Whether a line that was logged meanwhile belongs to it. */
    boolean explains(String line) {
        return line.matches(".*(" + also + ").*")
                || signs.stream().anyMatch(sign -> sign.place() == Sign.Place.LOG && sign.isIn(line));
    }
}
