package dev.millrace.simulator;

/** How much of the limits is used; on the event loop only. */
final class Allowance {

    private final Limits limits;
    private final SlidingSum weight;
    private final SlidingSum connects;
    private final SlidingSum messages;
    private int subscriptions;

    Allowance(Limits limits) {
        long minuteNs = limits.minute().toNanos();
        this.limits = limits;
        this.weight = new SlidingSum(minuteNs, limits.weight());
        this.connects = new SlidingSum(minuteNs, limits.connects());
        this.messages = new SlidingSum(minuteNs, limits.messages());
    }

    long idleNs() {
        return limits.idle().toNanos();
    }

    boolean weigh(long nowNs, int requestWeight) {
        return weight.take(nowNs, requestWeight);
    }

    /** One WebSocket more than these. */
    boolean connect(long nowNs, int open) {
        return connects.take(nowNs, 1) && open < limits.connections();
    }

    /** One message more from a client. */
    boolean message(long nowNs) {
        return messages.take(nowNs, 1);
    }

    boolean subscribe() {
        if (subscriptions == limits.subscriptions()) {
            return false;
        }
        subscriptions++;
        return true;
    }

    void unsubscribe(int count) {
        subscriptions -= count;
    }
}
