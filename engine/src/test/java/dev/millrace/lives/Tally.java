package dev.millrace.lives;

import dev.millrace.lives.Faults.Fault;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What many lives came to. */
final class Tally {

    private final Map<Fault, Long> met = new EnumMap<>(Fault.class);
    private long lives;
    private long onChronicle;
    private long records;
    private long gaps;
    private long unproven;
    private final Map<String, Long> unprovenWhole = new TreeMap<>();
    private long trades;
    private long healedMaxMs;

    void add(Verdict verdict) {
        lives++;
        onChronicle += verdict.isOnChronicle() ? 1 : 0;
        records += verdict.records();
        gaps += verdict.gaps();
        unproven += verdict.unproven();
        trades += verdict.trades();
        verdict.unprovenWhole().forEach((cause, times) -> unprovenWhole.merge(cause, (long) times, Long::sum));
        healedMaxMs = Math.max(healedMaxMs, verdict.healedMs());
        verdict.faults().forEach((fault, times) -> met.merge(fault, (long) times, Long::sum));
    }

    @Override
    public String toString() {
        long faults = met.values().stream().mapToLong(Long::longValue).sum();
        long whole = unprovenWhole.values().stream().mapToLong(Long::longValue).sum();
        return lives + " lives, " + onChronicle + " of them on Chronicle, " + records + " records, " + trades
                + " trades, "
                + faults + " faults " + met + ", " + gaps + " gaps, " + unproven + " of them unproven, in " + whole
                + " of these nothing was missing " + unprovenWhole + "; healed within " + healedMaxMs + " ms";
    }
}
