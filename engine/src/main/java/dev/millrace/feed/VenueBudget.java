package dev.millrace.feed;

import java.time.Duration;

/**
 * What is left of the venue's limits: one for each host, shared by all its feeds in this process. Whoever gets nothing
 * waits and asks again. Any thread; times are monotonic nanoseconds.
 */
public final class VenueBudget {

    /** How soon whoever got nothing asks again. */
    static final long RETRY_MS = 100;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Of the messages: a connection that cannot ping dies, so subscribing leaves this to the pings. */
    private static final int PINGS_PER_CONNECTION = 6;

    private VenueLimits limits;
    private final SlidingLog opened;
    private final SlidingLog messages;
    private int connections;
    private int subscriptions;

    public VenueBudget(VenueLimits limits) {
        this.limits = limits;
        opened = new SlidingLog(limits.connectionsPerMinute(), MINUTE);
        messages = new SlidingLog(limits.messagesPerMinute(), MINUTE);
    }

    synchronized VenueLimits limits() {
        return limits;
    }

    /** From now on so many may be open and held at once; what is sent and opened within a minute stays as it is. */
    synchronized void widen(VenueLimits more) {
        limits = more;
    }

    /** Takes one connection, until {@link #closed}. */
    boolean tryOpen(long nowNs) {
        return tryOpen(nowNs, 0);
    }

    /** Likewise, for what can wait: it leaves room for every lane to connect once more. */
    boolean tryOpenSpare(long nowNs) {
        return tryOpen(nowNs, Math.min(limits.connections(), limits.connectionsPerMinute() / 2));
    }

    private synchronized boolean tryOpen(long nowNs, int left) {
        if (connections >= limits.connections() || !opened.tryTake(nowNs, left)) {
            return false;
        }
        connections++;
        return true;
    }

    /** A connection is gone, and with it this many subscriptions. */
    synchronized void closed(int held) {
        connections--;
        subscriptions -= held;
    }

    /** Takes one subscription, until {@link #unsubscribed} or {@link #closed}, and the message that asks for it. */
    synchronized boolean trySubscribe(long nowNs) {
        if (subscriptions >= limits.subscriptions() || !messages.tryTake(nowNs, pingReserve())) {
            return false;
        }
        subscriptions++;
        return true;
    }

    /** A message that takes no subscription. */
    synchronized boolean tryUnsubscribe(long nowNs) {
        return messages.tryTake(nowNs, pingReserve());
    }

    synchronized void unsubscribed() {
        subscriptions--;
    }

    synchronized boolean tryPing(long nowNs) {
        return messages.tryTake(nowNs, 0);
    }

    private int pingReserve() {
        return Math.min(limits.connections() * PINGS_PER_CONNECTION, limits.messagesPerMinute() / 2);
    }
}
