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
 * @param slot from its beginning to the next one's
 * @param signs each of which must show
 * @param also lines of the log, as a pattern, that are true besides; any other line from warning on is a false alarm
 * @param until what the log must say after its end, as a pattern; empty where the streams show it
 */
record Scenario(String name, List<String> helpers, Duration slot, List<Sign> signs, String also, String until) {

    static Scenario of(String name, int slotS, Sign... signs) {
        return new Scenario(name, List.of(), Duration.ofSeconds(slotS), List.of(signs), "$^", "");
    }

    Scenario with(String... newHelpers) {
        return new Scenario(name, List.of(newHelpers), slot, signs, also, until);
    }

    Scenario also(String newAlso) {
        return new Scenario(name, helpers, slot, signs, newAlso, until);
    }

    Scenario until(String newUntil) {
        return new Scenario(name, helpers, slot, signs, also, newUntil);
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
