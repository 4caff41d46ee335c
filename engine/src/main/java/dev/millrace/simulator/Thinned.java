package dev.millrace.simulator;

import dev.millrace.market.Subscription;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets a frame of a subscription through once in a while and drops the others. */
final class Thinned implements FrameFault {

    private final long everyNs;
    private final LongSupplier clock;
    private final Map<Subscription, Long> dueNs = new HashMap<>();

    Thinned(long everyNs, LongSupplier clock) {
        this.everyNs = everyNs;
        this.clock = clock;
    }

    @Override
    public void take(OutFrame frame, FrameLine line) {
        Subscription subscription = frame.subscription().orElseThrow();
        long nowNs = clock.getAsLong();
        Long due = dueNs.get(subscription);
        if (due == null || nowNs - due >= 0) {
            dueNs.put(subscription, nowNs + everyNs);
            line.send(frame);
        }
    }
}
