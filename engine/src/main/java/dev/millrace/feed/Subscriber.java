package dev.millrace.feed;

import dev.millrace.market.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What one connection has asked for: sends at a pace, awaits each acknowledgement, asks again with back-off when none
 * comes. Does no I/O; times are monotonic nanoseconds since the connection began.
 */
final class Subscriber {

    /** Where the decisions go. */
    interface Outbox {
        void subscribe(Subscription subscription);

        void onAckTimeout(Subscription subscription);
    }

    private static final class Entry {
        final Subscription subscription;
        final int order;
        long dueNs;
        long sentNs;
        long nextDelayNs;
        boolean sent;
        boolean acknowledged;

        Entry(Subscription subscription, int order, long firstDelayNs) {
            this.subscription = subscription;
            this.order = order;
            this.nextDelayNs = firstDelayNs;
        }
    }

    private final Map<Subscription, Entry> entries = new HashMap<>();
    private final PriorityQueue<Entry> toSend =
            new PriorityQueue<>(Comparator.<Entry>comparingLong(e -> e.dueNs).thenComparingInt(e -> e.order));
    /** In order of sending, which is the order of their deadlines; acknowledged ones are dropped at the head. */
    private final ArrayDeque<Entry> awaited = new ArrayDeque<>();

    private final long intervalNs;
    private final long ackTimeoutNs;
    private final long maxDelayNs;
    private long nextSendNs;
    private long waitingSinceNs;
    private int acknowledged;

    Subscriber(List<Subscription> asked, int perSecond, Duration ackTimeout, Duration maxDelay) {
        intervalNs = 1_000_000_000L / perSecond;
        ackTimeoutNs = ackTimeout.toNanos();
        maxDelayNs = Math.max(ackTimeoutNs, maxDelay.toNanos());
        for (Subscription subscription : asked) {
            entries.computeIfAbsent(subscription, s -> new Entry(s, entries.size(), ackTimeoutNs));
        }
        toSend.addAll(entries.values());
    }

    /**
     * Does what is due.
     *
     * @param reading false while the socket is deliberately not read: an acknowledgement may lie unread in it, so the
     *     time limits begin again afterwards
     */
    void poll(long nowNs, boolean reading, Outbox outbox) {
        if (reading) {
            expire(nowNs, outbox);
        } else {
            waitingSinceNs = nowNs;
        }
        while (nextSendNs <= nowNs && !toSend.isEmpty() && toSend.peek().dueNs <= nowNs) {
            send(toSend.poll(), nowNs, outbox);
        }
        // Unused time is not saved up for a burst.
        nextSendNs = Math.max(nextSendNs, nowNs);
    }

    /** Takes an acknowledgement; false when it is of nothing asked for, or came twice. */
    boolean onSubscribed(Subscription subscription) {
        Entry entry = entries.get(subscription);
        if (entry == null || !entry.sent || entry.acknowledged) {
            return false;
        }
        entry.acknowledged = true;
        toSend.remove(entry);
        acknowledged++;
        return true;
    }

    int acknowledged() {
        return acknowledged;
    }

    /** What was sent at or after a time. */
    List<Subscription> sentSince(long sinceNs) {
        return entries.values().stream()
                .filter(entry -> entry.sent && entry.sentNs >= sinceNs)
                .sorted(Comparator.comparingInt(entry -> entry.order))
                .map(entry -> entry.subscription)
                .toList();
    }

    /** What the venue has acknowledged. */
    List<Subscription> held() {
        return entries.values().stream()
                .filter(entry -> entry.acknowledged)
                .map(entry -> entry.subscription)
                .toList();
    }

    private void send(Entry entry, long nowNs, Outbox outbox) {
        entry.sent = true;
        entry.sentNs = nowNs;
        awaited.add(entry);
        nextSendNs += intervalNs;
        outbox.subscribe(entry.subscription);
    }

    private void expire(long nowNs, Outbox outbox) {
        while (!awaited.isEmpty()) {
            Entry oldest = awaited.peek();
            if (!oldest.acknowledged && nowNs - Math.max(oldest.sentNs, waitingSinceNs) < ackTimeoutNs) {
                return;
            }
            awaited.poll();
            if (!oldest.acknowledged) {
                sendAgain(oldest, nowNs);
                outbox.onAckTimeout(oldest.subscription);
            }
        }
    }

    private void sendAgain(Entry entry, long nowNs) {
        entry.dueNs = nowNs + entry.nextDelayNs;
        entry.nextDelayNs = Math.min(maxDelayNs, entry.nextDelayNs * 2);
        toSend.add(entry);
    }
}
