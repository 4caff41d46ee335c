package dev.millrace.ops;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The daemon's state at one moment, for {@code /health} and the health line. It has two levels: a problem is there now,
 * costs data or may, and makes {@code /health} answer 503 until it is gone; a warning is something that happened since the
 * start and needs a person, while recording goes on: it stays, and {@code /health} answers 200.
 *
 * @param state such as {@code running}, {@code impaired}
 * @param problems why it is not healthy, one sentence each; empty when it is
 * @param warnings what else to look at, one sentence each: a strategy that was detached, damage that recovery met
 * @param version the program's version
 * @param uptime since the start
 * @param feed the connection's state in words
 * @param universe its members in words; empty where none is kept
 * @param rates by name, per second
 * @param sequences positions in the journal by name: journaled, synced
 * @param diskFreeBytes left for the journal
 */
public record HealthReport(
        String state,
        List<String> problems,
        List<String> warnings,
        String version,
        Duration uptime,
        String feed,
        String universe,
        Map<String, Double> rates,
        Map<String, Long> sequences,
        long diskFreeBytes) {

    public HealthReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        rates = Map.copyOf(rates);
        sequences = Map.copyOf(sequences);
    }

    /** Whether {@code /health} answers 200. */
    public boolean healthy() {
        return problems.isEmpty();
    }
}
