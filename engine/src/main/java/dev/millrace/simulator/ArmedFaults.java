package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import dev.millrace.simulator.faults.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** An exchange's faults by the place where they act; on the event loop only. */
final class ArmedFaults {

    private final List<ArmedFault> all = new ArrayList<>();
    private final List<ArmedFault> frames;
    private final List<ArmedFault> connects;
    private final List<ArmedFault> rest;

    /** @param clock ns since the exchange began to listen */
    ArmedFaults(List<Fault> faults, LongSupplier clock, Witness witness) {
        faults.forEach(fault -> all.add(new ArmedFault(fault, clock, witness)));
        frames = at(FaultKind.Place.FRAMES, FaultKind.Place.ACKS);
        connects = at(FaultKind.Place.CONNECTS);
        rest = at(FaultKind.Place.REST);
    }

    /** Those that act on what sockets send. */
    List<ArmedFault> frames() {
        return frames;
    }

    List<ArmedFault> connects() {
        return connects;
    }

    List<ArmedFault> rest() {
        return rest;
    }

    /** Those that happen once to the whole exchange. */
    List<Fault> ofExchange() {
        return at(FaultKind.Place.EXCHANGE).stream().map(ArmedFault::fault).toList();
    }

    private List<ArmedFault> at(FaultKind.Place... places) {
        Set<FaultKind.Place> wanted = Set.of(places);
        return all.stream()
                .filter(armed -> wanted.contains(armed.fault().kind().place()))
                .toList();
    }
}
