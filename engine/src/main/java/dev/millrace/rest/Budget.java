package dev.millrace.rest;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * The weight that one address may spend at one host: never more than the cap within any window, over all users together.
 * The most that a call can weigh is reserved before it, and what it did weigh is settled after it. Who waits is served in
 * the order of {@link Priority}; nobody overtakes the first in line, so that a heavy call gets its turn. Any thread.
 */
public final class Budget {

    /** What the venue lets an address spend in a minute (protocol notes, section 3). */
    public static final int VENUE_WEIGHT = 1_200;

    private static final long NS_PER_MS = 1_000_000;

    private final long cap;
    private final long windowNs;
    private final LongSupplier nanoTime;
    private final Patience patience;
    private final WeightLog log;
    private final PriorityQueue<Waiting> line =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::dueNs).thenComparingLong(Waiting::number));
    private final Counter used;
    private final Counter waitedNs;
    private long arrivals;
    private boolean isPaused;
    private long pauseEndNs;

    /**
     * @param cap at most so much
     * @param window within any stretch of so long
     * @param nanoTime a steady clock, ns, at the pace of the machine's
     */
    public Budget(int cap, Duration window, LongSupplier nanoTime, Counters counters) {
        this(cap, window, nanoTime, Object::wait, counters);
    }

    /** @param patience waits at the pace of the clock given */
    public Budget(int cap, Duration window, LongSupplier nanoTime, Patience patience, Counters counters) {
        this.cap = cap;
        windowNs = window.toNanos();
        this.nanoTime = nanoTime;
        this.patience = patience;
        log = new WeightLog(cap, windowNs);
        used = counters.gauge("rest.weight", "Weight charged within the last minute, calls under way at their most");
        waitedNs = counters.counter("rest.waited-ns", "Time that calls waited for the budget");
    }

    /**
     * A call that counts.
     *
     * @param ago since it ended; zero for one under way
     * @param weight at its most while it is under way
     */
    public record Spent(Duration ago, int weight) {}

    /** How time passes while somebody waits in line. */
    @FunctionalInterface
    public interface Patience {

        /**
         * Waits until the monitor, which the caller holds, is notified, or for so long.
         *
         * @param ms 0 for ever
         */
        void await(Object monitor, long ms) throws InterruptedException;
    }

    /** A place in the line. */
    private static final class Waiting {
        private final long dueNs;
        private final long number;
        private final int weight;

        Waiting(long dueNs, long number, int weight) {
            this.dueNs = dueNs;
            this.number = number;
            this.weight = weight;
        }

        long dueNs() {
            return dueNs;
        }

        long number() {
            return number;
        }
    }

    /** The right to one call; must be settled. */
    public final class Reservation {

        private final WeightLog.Charge charge;
        private final int most;

        private Reservation(WeightLog.Charge charge, int most) {
            this.charge = charge;
            this.most = most;
        }

        /** The call is over and weighed this. */
        void settle(int weight) {
            synchronized (Budget.this) {
                log.settle(charge, nanoTime.getAsLong(), weight);
                used.set(log.charged(nanoTime.getAsLong()));
                Budget.this.notifyAll();
            }
        }

        /** The call is over and nobody knows what it weighed: its most. */
        void settle() {
            settle(most);
        }
    }

    /**
     * Waits for room.
     *
     * @param most that the call can weigh
     * @throws IllegalArgumentException when it can never be made
     */
    synchronized Reservation reserve(Priority priority, int most) throws InterruptedException {
        if (most > cap) {
            throw new IllegalArgumentException("a call of weight " + most + " exceeds the budget of " + cap);
        }
        long beganNs = nanoTime.getAsLong();
        Waiting me = new Waiting(beganNs + priority.patienceNs(), arrivals++, most);
        line.add(me);
        try {
            WeightLog.Charge charge = tryTake(me);
            while (charge == null) {
                patience.await(this, waitMs(me)); // or until somebody ends a call, or the line moves
                charge = tryTake(me);
            }
            used.set(log.charged(nanoTime.getAsLong()));
            return new Reservation(charge, most);
        } finally {
            line.remove(me);
            waitedNs.add(nanoTime.getAsLong() - beganNs);
            notifyAll();
        }
    }

    private WeightLog.Charge tryTake(Waiting me) {
        return line.peek() == me && pauseLeftNs() == 0 ? log.tryTake(nanoTime.getAsLong(), me.weight) : null;
    }

    /** Until the log lets go of enough; 0 where only others can make room. */
    private long waitMs(Waiting me) {
        long ns = line.peek() == me ? log.waitNs(nanoTime.getAsLong(), me.weight) : WeightLog.UNKNOWN;
        return ns == WeightLog.UNKNOWN ? 0 : Math.max(ns, pauseLeftNs()) / NS_PER_MS + 1;
    }

    private long pauseLeftNs() {
        return isPaused ? Math.max(0, pauseEndNs - nanoTime.getAsLong()) : 0;
    }

    /** Serves nobody for so long, while another process asks in this one's place; zero ends it. */
    public synchronized void pause(Duration time) {
        isPaused = !time.isZero();
        pauseEndNs = nanoTime.getAsLong() + time.toNanos();
        notifyAll();
    }

    /** What counts now, for another process at the same address. */
    public synchronized List<Spent> spent() {
        long nowNs = nanoTime.getAsLong();
        List<Spent> spent = new ArrayList<>();
        long[] underWay = {log.charged(nowNs)};
        log.forEachEnded(nowNs, (endNs, weight) -> {
            spent.add(new Spent(Duration.ofNanos(Math.max(0, nowNs - endNs)), (int) weight));
            underWay[0] -= weight;
        });
        if (underWay[0] > 0) {
            spent.add(new Spent(Duration.ZERO, (int) underWay[0]));
        }
        return spent;
    }

    /** A call that was made before this budget began, or by another process, counts too: the longest ago first. */
    synchronized void remember(Spent call) {
        log.remember(nanoTime.getAsLong() - call.ago().toNanos(), call.weight());
    }

    /** About how long calls of this weight together take, when nobody else makes any. */
    public synchronized Duration timeFor(long weight) {
        long beyond = log.charged(nanoTime.getAsLong()) + weight - cap;
        return Duration.ofNanos(beyond <= 0 ? 0 : (long) ((double) beyond / cap * windowNs));
    }
}
