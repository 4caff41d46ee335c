package dev.millrace.lives;

import dev.millrace.lives.Faults.Fault;
import java.util.EnumMap;
import java.util.Map;

/** What many lives came to. */
final class Tally {

    private final Map<Fault, Long> met = new EnumMap<>(Fault.class);
    private long lives;
    private long onChronicle;
    private long records;
    private long gaps;
    private long unproven;
    private long unprovenWhole;
    private long healedMaxMs;

    void add(Verdict verdict) {
        lives++;
        onChronicle += verdict.isOnChronicle() ? 1 : 0;
        records += verdict.records();
        gaps += verdict.gaps();
        unproven += verdict.unproven();
        unprovenWhole += verdict.unprovenWhole();
        healedMaxMs = Math.max(healedMaxMs, verdict.healedMs());
        verdict.faults().forEach((fault, times) -> met.merge(fault, (long) times, Long::sum));
    }

    @Override
    public String toString() {
        long faults = met.values().stream().mapToLong(Long::longValue).sum();
        return lives + " lives, " + onChronicle + " of them on Chronicle, " + records + " records, " + faults
                + " faults " + met + ", " + gaps + " gaps, "
                + unproven
                + " of them unproven, in " + unprovenWhole + " of these nothing was missing; healed within "
                + healedMaxMs
                + " ms";
    }
}
