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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscriptions that may close sockets, as an unknown name does: each is tried alone on a connection of its own, one
 * after the other. What closes it twice is left alone for {@code feed.quarantine-retry}; the others return to where they
 * came from. Event loop only.
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
    private final Deque<Subscription> queue = new ArrayDeque<>();
    private final Trial trial;

    /** @param onChange told when what {@link #suspects} and {@link #quarantined} tell has changed */
    Quarantine(Sockets sockets, Backoff backoff, Runnable onChange) {
        this.parts = sockets.parts();
        this.onChange = onChange;
        trial = new Trial(this, sockets, backoff);
    }

    /** Takes these from a lane, which wants them back once they are found harmless. */
    void suspect(Lane lane, List<Subscription> suspects) {
        for (Subscription suspect : suspects) {
            Case known = cases.computeIfAbsent(suspect, s -> new Case());
            if (known.homes.isEmpty()) {
                queue.add(suspect);
            }
            known.homes.add(lane);
        }
        trial.begin();
        onChange.run();
    }

    /** Wants it no longer; false when it is not here. */
    boolean retire(Subscription subscription) {
        queue.remove(subscription);
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

    /** The next one to try; empty when there is none. */
    Optional<Subscription> next() {
        return Optional.ofNullable(queue.poll());
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Its trial was cut short by something else. */
    void putBack(Subscription subscription) {
        if (cases.containsKey(subscription)) {
            queue.addFirst(subscription);
        }
    }

    /** It was tried and the socket stayed open. */
    void onHarmless(Subscription subscription) {
        Case known = cases.remove(subscription);
        if (known == null) {
            return; // retired meanwhile
        }
        if (known.isQuarantined) {
            LOG.info("{} no longer closes the socket: it is subscribed again", SubscriptionText.text(subscription));
        }
        known.homes.forEach(lane -> lane.add(subscription));
        count();
        onChange.run();
    }

    /** The socket closed right after it was asked for. */
    void onStrike(Subscription subscription) {
        Case known = cases.get(subscription);
        if (known == null) {
            return;
        }
        if (++known.strikes < STRIKES) {
            queue.add(subscription);
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
            queue.add(subscription);
            trial.begin();
        }
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
