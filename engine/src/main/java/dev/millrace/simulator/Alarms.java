package dev.millrace.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** What is to happen later, by the exchange's clock; on the event loop only. */
final class Alarms {

    private final LongSupplier clock;
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::dueNs).thenComparingLong(Alarm::number));
    private long number;

    Alarms(LongSupplier clock) {
        this.clock = clock;
    }

    private record Alarm(long dueNs, long number, Runnable task) {}

    void after(long delayNs, Runnable task) {
        alarms.add(new Alarm(clock.getAsLong() + delayNs, number++, task));
    }

    /** Does what is due, in order. */
    void ring() {
        while (!alarms.isEmpty() && alarms.peek().dueNs() - clock.getAsLong() <= 0) {
            alarms.remove().task().run();
        }
    }
}
