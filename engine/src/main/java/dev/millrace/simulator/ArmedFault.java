package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import java.util.function.LongSupplier;

/** A fault that waits for its occasions, over all sockets; on the event loop only. */
final class ArmedFault {

    private final Fault fault;
    private final LongSupplier clock;
    private final Witness witness;
    private final long dueNs;
    private long passed;
    private long taken;
    private boolean began;
    private long beganNs;

    /** @param clock ns since the exchange began to listen */
    ArmedFault(Fault fault, LongSupplier clock, Witness witness) {
        this.fault = fault;
        this.clock = clock;
        this.witness = witness;
        this.dueNs = fault.after().toNanos();
    }

    Fault fault() {
        return fault;
    }

    /** Whether it has taken an occasion. */
    boolean began() {
        return began;
    }

    /** An occasion has come: whether the fault takes it. */
    boolean strikes() {
        long nowNs = clock.getAsLong();
        if (taken == fault.times() || nowNs < dueNs) {
            return false;
        }
        if (passed < fault.afterOccasions()) {
            passed++;
            return false;
        }
        if (!began) {
            began = true;
            beganNs = fault.after().isZero() ? nowNs : dueNs;
        }
        if (fault.spanNanos() > 0 && nowNs - beganNs >= fault.spanNanos()) {
            return false;
        }
        taken++;
        witness.onFault(fault);
        return true;
    }
}
