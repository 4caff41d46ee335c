package dev.millrace.feed;

import dev.millrace.market.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * What one connection has asked for: sends at a pace, awaits each acknowledgement. Where none comes it ends the
 * subscription and asks anew, with back-off: the venue may hold it, and answers a second asking without acknowledgement
 * and snapshot, so nobody could tell from when on the stream is whole. Does no I/O; times are monotonic nanoseconds since
 * the connection began.
 */
final class Subscriber {

    /** Where the decisions go. */
    interface Outbox {
        /** False when the venue's limits do not allow it yet: it is asked again at the next poll. */
        boolean subscribe(Subscription subscription);

        /** Likewise. */
        boolean unsubscribe(Subscription subscription);

        void onAckTimeout(Subscription subscription);
    }

    private enum Phase {
        TO_SUBSCRIBE,
        SUBSCRIBING,
        /** To be ended, unless its acknowledgement comes before that. */
        OVERDUE,
        HELD,
        TO_UNSUBSCRIBE,
        UNSUBSCRIBING
    }

    private static final class Entry {
        final Subscription subscription;
        final long order;
        Phase phase = Phase.TO_SUBSCRIBE;
        /** What follows its end. */
        boolean wanted = true;

        boolean sent;
        long dueNs;
        long sentNs;
        long nextDelayNs;

        Entry(Subscription subscription, long order, long firstDelayNs) {
            this.subscription = subscription;
            this.order = order;
            this.nextDelayNs = firstDelayNs;
        }
    }

    /** One sending; overtaken when its entry was answered or sent again. */
    private record Sent(Entry entry, Phase phase, long atNs) {

        boolean isOvertaken() {
            return entry.phase != phase || entry.sentNs != atNs;
        }
    }

    /** The sending of an entry that is no more is overtaken. */
    private static final long FORGOTTEN = Long.MIN_VALUE;

    private final Map<Subscription, Entry> entries = new HashMap<>();
    private final PriorityQueue<Entry> toSend =
            new PriorityQueue<>(Comparator.<Entry>comparingLong(e -> e.dueNs).thenComparingLong(e -> e.order));
    /** In order of sending, which is the order of their deadlines; overtaken ones are dropped at the head. */
    private final ArrayDeque<Sent> awaited = new ArrayDeque<>();

    private final long intervalNs;
    private final long ackTimeoutNs;
    private final long maxDelayNs;
    private long polledNs;
    private long nextSendNs;
    private long waitingSinceNs;
    private long orders;
    private int acknowledged;

    Subscriber(Collection<Subscription> asked, int perSecond, Duration ackTimeout, Duration maxDelay) {
        intervalNs = 1_000_000_000L / perSecond;
        ackTimeoutNs = ackTimeout.toNanos();
        maxDelayNs = Math.max(ackTimeoutNs, maxDelay.toNanos());
        asked.forEach(this::add);
    }

    /** Asks for one more; nothing when it is asked for already. */
    void add(Subscription subscription) {
        Entry known = entries.get(subscription);
        if (known != null) {
            known.wanted = true;
            return;
        }
        Entry entry = new Entry(subscription, orders++, ackTimeoutNs);
        entries.put(subscription, entry);
        toSend.add(entry);
    }

    /** Ends one. */
    void retire(Subscription subscription) {
        Entry entry = entries.get(subscription);
        if (entry == null) {
            return;
        }
        entry.wanted = false;
        if (!entry.sent) {
            forget(entry);
        } else if (entry.phase == Phase.HELD || entry.phase == Phase.SUBSCRIBING) {
            end(entry);
        } else if (entry.phase == Phase.OVERDUE) {
            toSend.remove(entry);
            end(entry);
        }
    }

    /** Ends one and asks for it again; nothing when it is not held. */
    boolean renew(Subscription subscription) {
        Entry entry = entries.get(subscription);
        if (entry == null || entry.phase != Phase.HELD) {
            return false;
        }
        end(entry);
        return true;
    }

    /**
     * Does what is due.
     *
     * @param reading false while the socket is deliberately not read: an acknowledgement may lie unread in it, so the
     *     time limits begin again afterwards
     * @return whether everything due was sent; false when the venue's limits made something wait
     */
    boolean poll(long nowNs, boolean reading, Outbox outbox) {
        polledNs = nowNs;
        if (reading) {
            expire(nowNs, outbox);
        } else {
            waitingSinceNs = nowNs;
        }
        while (nextSendNs <= nowNs && !toSend.isEmpty() && toSend.peek().dueNs <= nowNs) {
            if (!send(toSend.peek(), nowNs, outbox)) {
                return false;
            }
        }
        // Unused time is not saved up for a burst.
        nextSendNs = Math.max(nextSendNs, nowNs);
        return true;
    }

    /** Takes an acknowledgement; false when it is of nothing asked for, or came twice. */
    boolean onSubscribed(Subscription subscription) {
        Entry entry = entries.get(subscription);
        if (!isAwaited(entry)) {
            return false;
        }
        toSend.remove(entry);
        entry.phase = Phase.HELD;
        entry.nextDelayNs = ackTimeoutNs;
        acknowledged++;
        return true;
    }

    /** The venue holds it, and has never acknowledged it here; false when it is of nothing asked for. */
    boolean onAlreadySubscribed(Subscription subscription) {
        Entry entry = entries.get(subscription);
        if (!isAwaited(entry)) {
            return false;
        }
        if (entry.phase == Phase.SUBSCRIBING) {
            sendAgain(entry, polledNs);
        }
        return true;
    }

    /** Takes the acknowledgement of an end; false when it is of nothing that was ended. */
    boolean onUnsubscribed(Subscription subscription) {
        Entry entry = entries.get(subscription);
        if (entry == null || (entry.phase != Phase.TO_UNSUBSCRIBE && entry.phase != Phase.UNSUBSCRIBING)) {
            return false;
        }
        toSend.remove(entry);
        ended(entry);
        return true;
    }

    int acknowledged() {
        return acknowledged;
    }

    /** Whether everything was sent at least once. */
    boolean hasSentAll() {
        return entries.values().stream().allMatch(entry -> entry.sent);
    }

    /** Whether the venue has acknowledged this one. */
    boolean holds(Subscription subscription) {
        Entry entry = entries.get(subscription);
        return entry != null && entry.phase == Phase.HELD;
    }

    /** What was sent at or after a time and is not acknowledged. */
    List<Subscription> unansweredSince(long sinceNs) {
        return select(entry -> entry.phase == Phase.SUBSCRIBING && entry.sentNs >= sinceNs);
    }

    /** What the venue has acknowledged. */
    List<Subscription> held() {
        return select(entry -> entry.phase == Phase.HELD);
    }

    private List<Subscription> select(Predicate<Entry> which) {
        return entries.values().stream()
                .filter(which)
                .sorted(Comparator.comparingLong(entry -> entry.order))
                .map(entry -> entry.subscription)
                .toList();
    }

    private static boolean isAwaited(Entry entry) {
        return entry != null && (entry.phase == Phase.SUBSCRIBING || entry.phase == Phase.OVERDUE);
    }

    private void end(Entry entry) {
        acknowledged -= entry.phase == Phase.HELD ? 1 : 0;
        entry.phase = Phase.TO_UNSUBSCRIBE;
        entry.dueNs = 0;
        toSend.add(entry);
    }

    private void ended(Entry entry) {
        if (!entry.wanted) {
            forget(entry);
            return;
        }
        entry.phase = Phase.TO_SUBSCRIBE;
        entry.sent = false;
        entry.dueNs = 0;
        toSend.add(entry);
    }

    private void forget(Entry entry) {
        toSend.remove(entry);
        entry.sentNs = FORGOTTEN;
        entries.remove(entry.subscription);
    }

    private boolean send(Entry entry, long nowNs, Outbox outbox) {
        boolean begins = entry.phase == Phase.TO_SUBSCRIBE;
        boolean sent = begins ? outbox.subscribe(entry.subscription) : outbox.unsubscribe(entry.subscription);
        if (!sent) {
            return false;
        }
        toSend.poll();
        entry.phase = begins ? Phase.SUBSCRIBING : Phase.UNSUBSCRIBING;
        entry.sent = true;
        entry.sentNs = nowNs;
        awaited.add(new Sent(entry, entry.phase, nowNs));
        nextSendNs += intervalNs;
        return true;
    }

    private void expire(long nowNs, Outbox outbox) {
        while (!awaited.isEmpty()) {
            Sent oldest = awaited.peek();
            if (oldest.isOvertaken()) {
                awaited.poll();
                continue;
            }
            if (nowNs - Math.max(oldest.atNs(), waitingSinceNs) < ackTimeoutNs) {
                return;
            }
            awaited.poll();
            outbox.onAckTimeout(oldest.entry().subscription);
            sendAgain(oldest.entry(), nowNs);
        }
    }

    /** Either way what is sent next is its end. */
    private void sendAgain(Entry entry, long nowNs) {
        entry.phase = entry.phase == Phase.SUBSCRIBING ? Phase.OVERDUE : Phase.TO_UNSUBSCRIBE;
        entry.dueNs = nowNs + entry.nextDelayNs;
        entry.nextDelayNs = Math.min(maxDelayNs, entry.nextDelayNs * 2);
        toSend.add(entry);
    }
}
