package dev.millrace.rest;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The exact sliding log of (time, weight): in no window is there more than the cap. The venue charges a call at some time
 * between its beginning and its end; so it counts from its beginning, and until a window after its end. One thread at a
 * time.
 */
final class WeightLog {

    /** The answer where only the end of a call under way can make room. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private final long cap;
    private final long windowNs;
    private final Deque<Charge> ended = new ArrayDeque<>();
    private long charged;

    WeightLog(long cap, long windowNs) {
        this.cap = cap;
        this.windowNs = windowNs;
    }

    /** A call under way, and what it may weigh. */
    static final class Charge {
        private long weight;
        private long endNs;
        private boolean over;
    }

    /** Charges the weight if there is room for it; null where there is none. */
    Charge tryTake(long nowNs, long weight) {
        forget(nowNs);
        if (charged + weight > cap) {
            return null;
        }
        Charge charge = new Charge();
        charge.weight = weight;
        charged += weight;
        return charge;
    }

    /** The call is over and weighed this. */
    void settle(Charge charge, long nowNs, long weight) {
        if (charge.over) {
            throw new IllegalStateException("a call ends once");
        }
        charge.over = true;
        charged += weight - charge.weight;
        charge.weight = weight;
        charge.endNs = nowNs;
        ended.add(charge);
    }

    /** A call of before, which nobody counts on any more: it was over then. */
    void remember(long endNs, long weight) {
        Charge charge = new Charge();
        charge.weight = weight;
        charge.endNs = endNs;
        charge.over = true;
        ended.add(charge);
        charged += weight;
    }

    /** How long until there is room for this weight when no other call is made; 0 where there is. */
    long waitNs(long nowNs, long weight) {
        forget(nowNs);
        long excess = charged + weight - cap;
        for (Charge charge : ended) {
            if (excess <= 0) {
                break;
            }
            excess -= charge.weight;
            if (excess <= 0) {
                return charge.endNs + windowNs - nowNs;
            }
        }
        return excess <= 0 ? 0 : UNKNOWN;
    }

    /** Calls that are over and still count, oldest first. */
    void forEachEnded(long nowNs, EndedCall call) {
        forget(nowNs);
        ended.forEach(charge -> call.accept(charge.endNs, charge.weight));
    }

    /** Takes a call that is over. */
    @FunctionalInterface
    interface EndedCall {
        void accept(long endNs, long weight);
    }

    /** What is charged now, calls under way included. */
    long charged(long nowNs) {
        forget(nowNs);
        return charged;
    }

    private void forget(long nowNs) {
        while (!ended.isEmpty() && nowNs - ended.peek().endNs >= windowNs) {
            charged -= ended.remove().weight;
        }
    }
}
