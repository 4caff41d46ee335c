package dev.millrace.feed;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.market.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscriptions that may close sockets, as an unknown name does: they are tried together on a connection of their own,
 * and where that closes, by halves. What closes it twice alone is left alone for {@code feed.quarantine-retry}; the others
 * return to where they came from as soon as their part is found harmless. Event loop only.
 */
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** A socket may close for other reasons once. */
    private static final int STRIKES = 2;

    /** What is known of one subscription. */
    private static final class Case {
        final Set<Lane> homes = new LinkedHashSet<>();
        int strikes;
        boolean isQuarantined;
    }

    private final FeedParts parts;
    private final Runnable onChange;
    private final Map<Subscription, Case> cases = new LinkedHashMap<>();
    /** What is tried together; may hold some that were retired meanwhile. */
    private final Deque<List<Subscription>> queue = new ArrayDeque<>();

    private final Trial trial;

    /** @param onChange told when what {@link #suspects} and {@link #quarantined} tell has changed */
    Quarantine(Sockets sockets, Backoff backoff, Runnable onChange) {
        this.parts = sockets.parts();
        this.onChange = onChange;
        trial = new Trial(this, sockets, backoff);
    }

    /** Takes these from their lanes, which want them back once they are found harmless. */
    void suspect(Map<Subscription, List<Lane>> suspects) {
        List<Subscription> fresh = new ArrayList<>();
        suspects.forEach((suspect, lanes) -> {
            Case known = cases.computeIfAbsent(suspect, s -> new Case());
            if (known.homes.isEmpty()) {
                fresh.add(suspect);
            }
            known.homes.addAll(lanes);
        });
        queue.add(fresh);
        trial.begin();
        onChange.run();
    }

    /** Wants it no longer; false when it is not here. */
    boolean retire(Subscription subscription) {
        boolean was = cases.remove(subscription) != null;
        count();
        return was;
    }

    void stop() {
        trial.stop();
    }

    /** What is being tried or waits for it. */
    List<Subscription> suspects() {
        return select(false);
    }

    /** What was found to close sockets. */
    List<Subscription> quarantined() {
        return select(true);
    }

    /** The next ones to try together; empty when there are none. */
    List<Subscription> next() {
        dropRetired();
        return queue.isEmpty() ? List.of() : wanted(queue.remove());
    }

    boolean isEmpty() {
        dropRetired();
        return queue.isEmpty();
    }

    /** Their trial was cut short by something else, or did not come to them. */
    void putBack(List<Subscription> group) {
        queue.addFirst(group);
    }

    /** They were tried: they were acknowledged, or the socket stayed open. */
    void onHarmless(List<Subscription> group) {
        group.forEach(this::release);
        count();
        onChange.run();
    }

    private void release(Subscription subscription) {
        Case known = cases.remove(subscription);
        if (known == null) {
            return; // retired meanwhile
        }
        if (known.isQuarantined) {
            LOG.info("{} no longer closes the socket: it is subscribed again", SubscriptionText.text(subscription));
        }
        known.homes.forEach(lane -> lane.add(subscription));
    }

    /** The socket closed right after they were asked for: at least one of them did it, or something else did. */
    void onStrike(List<Subscription> group) {
        if (group.size() == 1) {
            onStrike(group.get(0));
        } else if (!group.isEmpty()) {
            int half = (group.size() + 1) / 2;
            // Behind the others: a harmless half has not to wait for the search through a bad one.
            queue.add(group.subList(0, half));
            queue.add(group.subList(half, group.size()));
        }
    }

    private void onStrike(Subscription subscription) {
        Case known = cases.get(subscription);
        if (known == null) {
            return;
        }
        if (++known.strikes < STRIKES) {
            queue.add(List.of(subscription));
            return;
        }
        if (!known.isQuarantined) {
            known.isQuarantined = true;
            parts.counters().quarantines.increment();
            LOG.warn(
                    "{} closes every connection that asks for it and is left alone for {} s; is its name right?",
                    SubscriptionText.text(subscription),
                    parts.config().lanes().quarantineRetry().toSeconds());
        }
        var unused = parts.loop()
                .schedule(
                        () -> retry(subscription, known),
                        parts.config().lanes().quarantineRetry().toNanos(),
                        TimeUnit.NANOSECONDS);
        count();
        onChange.run();
    }

    /** One more close is enough now. */
    private void retry(Subscription subscription, Case known) {
        if (cases.get(subscription) == known) {
            known.strikes = STRIKES - 1;
            queue.add(List.of(subscription));
            trial.begin();
        }
    }

    private void dropRetired() {
        while (!queue.isEmpty() && wanted(queue.peek()).isEmpty()) {
            queue.remove();
        }
    }

    private List<Subscription> wanted(List<Subscription> group) {
        return group.stream().filter(cases::containsKey).toList();
    }

    private void count() {
        parts.counters().quarantined.set(quarantined().size());
    }

    private List<Subscription> select(boolean quarantined) {
        List<Subscription> selected = new ArrayList<>();
        cases.forEach((subscription, known) -> {
            if (known.isQuarantined == quarantined) {
                selected.add(subscription);
            }
        });
        return selected;
    }
}
