package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import dev.millrace.simulator.faults.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** An exchange's faults by the place where they act; on the event loop only. */
final class ArmedFaults {

    private final List<ArmedFault> all = new ArrayList<>();
    private final List<ArmedFault> rest;

    ArmedFaults(List<Fault> faults, LongSupplier clock) {
        faults.forEach(fault -> all.add(new ArmedFault(fault, clock)));
        rest = at(FaultKind.Place.REST);
    }

    List<ArmedFault> rest() {
        return rest;
    }

    List<ArmedFault> at(FaultKind.Place place) {
        return all.stream()
                .filter(armed -> armed.fault().kind().place() == place)
                .toList();
    }
}
