package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How a local exchange treats its clients.
 *
 * @param limits what it lets them do
 * @param faults what goes wrong and when
 * @param clock monotonic, ns: every time that is measured here is measured with it, so that a test can make it run
 *     faster; called on the exchange's thread
 * @param requestLog where each REST request is written down as a line of CSV; empty for nowhere
 * @param witness told what was done
 */
public record Conduct(
        Limits limits, List<Fault> faults, LongSupplier clock, Optional<Path> requestLog, Witness witness) {

    public Conduct {
        faults = List.copyOf(faults);
    }

    /** No limits, no faults, this machine's clock. */
    public static Conduct good() {
        return new Conduct(Limits.none(), List.of(), System::nanoTime, Optional.empty(), Witness.NONE);
    }

    public Conduct withLimits(Limits newLimits) {
        return new Conduct(newLimits, faults, clock, requestLog, witness);
    }

    public Conduct withFaults(List<Fault> newFaults) {
        return new Conduct(limits, newFaults, clock, requestLog, witness);
    }

    /** One fault more, as on the command line: {@code cut:how=rst@5s}. */
    public Conduct with(String fault) {
        List<Fault> more = new ArrayList<>(faults);
        more.add(Fault.parse(fault));
        return withFaults(more);
    }

    public Conduct withClock(LongSupplier newClock) {
        return new Conduct(limits, faults, newClock, requestLog, witness);
    }

    public Conduct withRequestLog(Path file) {
        return new Conduct(limits, faults, clock, Optional.of(file), witness);
    }

    public Conduct withWitness(Witness newWitness) {
        return new Conduct(limits, faults, clock, requestLog, newWitness);
    }
}
