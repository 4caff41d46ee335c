package dev.millrace.feed;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.feed.FeedStatus.State;
import dev.millrace.market.Subscription;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some of the feed's subscriptions and the connection that carries them, for ever: a lost one is followed by the next,
 * and one that is to be replaced goes on until the next delivers. Event loop only.
 */
final class Lane implements Connection.Owner {

    /** Whom a lane tells. */
    interface Owner {
        /** Its status may have changed. */
        void onLaneChanged();

        /** Its connection is gone. */
        void onLaneLost(String reason);

        /** How many more subscriptions the venue's limits can hold when every lane has what it wants. */
        int spare();

        /** How many of these the replacements take that are under way. */
        int spent();

        /** A connection closed right after these were asked for; true when any of them is tried apart from now on. */
        boolean onSuspects(Lane lane, List<Subscription> suspects);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** How soon it looks again for room in the ring. */
    private static final long RING_RETRY_MS = 1;

    private final int number;
    private final Sockets sockets;
    private final FeedParts parts;
    private final Backoff backoff;
    private final Owner owner;
    private final Set<Subscription> wanted;
    private Optional<Replacement> replacement = Optional.empty();
    private Connection connection;
    private Future<?> connecting;
    private State state = State.STOPPED;
    private String lastReason = "";
    private LaneStatus shown;
    private boolean isWaiting;
    private boolean isBegun;
    private boolean isStopped;

    /** @param number from 1, for people */
    Lane(int number, Collection<Subscription> asked, Sockets sockets, Backoff backoff, Owner owner) {
        this.number = number;
        this.sockets = sockets;
        this.parts = sockets.parts();
        this.backoff = backoff;
        this.owner = owner;
        wanted = new LinkedHashSet<>(asked);
    }

    void start() {
        connect();
    }

    /** Connects no more; whoever stops it closes its sockets. */
    void stop() {
        isStopped = true;
        replacement.ifPresent(Replacement::stop);
        if (connecting != null) {
            connecting.cancel(false);
        }
    }

    Set<Subscription> wanted() {
        return wanted;
    }

    boolean isCarriedBy(int connectionNumber) {
        return connection != null && connection.number() == connectionNumber;
    }

    boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** Whether it has a connection which is not being replaced, open for at least so long. */
    boolean isOlderThan(long ns) {
        return isConnected() && replacement.isEmpty() && connection.openForNs() >= ns;
    }

    boolean isReplacing() {
        return replacement.isPresent();
    }

    /** What the venue has acknowledged. */
    List<Subscription> held() {
        return connection == null ? List.of() : connection.held();
    }

    boolean holds(Subscription subscription) {
        return connection != null && connection.holds(subscription);
    }

    /** Asks for one more. */
    void add(Subscription subscription) {
        if (wanted.add(subscription)) {
            talk(subscriber -> subscriber.add(subscription));
        }
    }

    /** Wants it no longer; false when it did not. */
    boolean retire(Subscription subscription) {
        boolean was = wanted.remove(subscription);
        if (was) {
            talk(subscriber -> subscriber.retire(subscription));
        }
        return was;
    }

    /** Ends a subscription and asks for it again. */
    void renew(Subscription subscription) {
        connection.talk().filter(talk -> talk.subscriber().renew(subscription)).ifPresent(talk -> {
            parts.counters().resubscribed.increment();
            LOG.info("connection {}: {} is subscribed anew", connection.number(), SubscriptionText.text(subscription));
        });
    }

    private void talk(Consumer<Subscriber> change) {
        if (connection != null) {
            connection.talk().ifPresent(talk -> change.accept(talk.subscriber()));
        }
        replacement.flatMap(Replacement::talk).ifPresent(talk -> change.accept(talk.subscriber()));
    }

    /** Whether the venue's limits can hold it twice, if not now then once others are through with it. */
    boolean fitsTwice() {
        return wanted.size() <= owner.spare();
    }

    /** Whether they can now. */
    boolean hasRoomTwice() {
        return wanted.size() <= owner.spare() - owner.spent();
    }

    /** What its replacement takes beside it. */
    int takenTwice() {
        return replacement.filter(Replacement::isBegun).isPresent() ? wanted.size() : 0;
    }

    /**
     * Begins to replace its connection; nothing when it has none or is at it.
     *
     * @param mayCut whether it is closed first where the venue's limits cannot hold it twice
     * @param lateMs how late it brings everything
     */
    void replace(String why, boolean mayCut, long lateMs) {
        if (!isConnected() || isReplacing() || isStopped) {
            return;
        }
        if (fitsTwice()) {
            LOG.info("connection {} is going to be replaced: {}", connection.number(), why);
            replacement = Optional.of(new Replacement(this, sockets, backoff, lateMs));
            replacement.get().begin();
            return;
        }
        LOG.warn(
                "the venue's limits have no room for {} more subscriptions: connection {} {}: {}",
                wanted.size(),
                connection.number(),
                mayCut ? "is closed before it is replaced" : "is not replaced",
                why);
        if (mayCut) {
            connection.close("replaced: " + why);
        }
    }

    /** The successor delivers: it is the lane's connection now, and the one before it ends. */
    void takeOver(Connection successor) {
        Connection before = connection;
        replacement = Optional.empty();
        connection = successor;
        successor.belongTo(this);
        become(State.CONNECTED);
        parts.counters().replacements.increment();
        if (before != null) {
            LOG.info("connection {} replaces connection {}", successor.number(), before.number());
            before.belongTo(sockets.farewell());
            before.close("replaced by connection " + successor.number());
        }
    }

    /** How it stands. */
    LaneStatus status() {
        boolean isTalkWaiting = connection != null
                && connection.talk().filter(Conversation::isWaiting).isPresent();
        boolean waits = isWaiting
                || isTalkWaiting
                || replacement.filter(Replacement::isWaiting).isPresent();
        return new LaneStatus(
                number,
                state,
                connection == null ? 0 : connection.number(),
                wanted.size(),
                connection == null ? 0 : connection.acknowledged(),
                lastReason,
                connection == null ? "" : connection.lastError(),
                isReplacing(),
                waits);
    }

    @Override
    public void onConnected(Connection connected) {
        parts.counters().connects.increment();
        become(State.CONNECTED);
        LOG.info("connected to {} (connection {})", parts.endpoint(), connected.number());
    }

    @Override
    public void onTick(Connection current) {
        if (current.hasLasted()) {
            backoff.reset();
        }
        LaneStatus now = status();
        if (!now.equals(shown)) {
            shown = now;
            owner.onLaneChanged();
        }
    }

    @Override
    public void onLost(Connection gone, String reason) {
        parts.counters().lost.increment();
        connection = null;
        lastReason = reason;
        owner.onLaneLost(reason);
        sockets.gone(gone);
        if (isStopped) {
            become(State.STOPPED);
            return;
        }
        become(State.WAITING);
        List<Subscription> suspects =
                gone.suspects().stream().filter(wanted::contains).toList();
        // What may have closed it is tried apart, so the others need not wait.
        boolean isTriedApart = !suspects.isEmpty() && owner.onSuspects(this, suspects);
        if (replacement.filter(Replacement::isOpen).isPresent()) {
            LOG.warn("connection {} lost: {}; the one that was to replace it does so now", gone.number(), reason);
            return;
        }
        replacement.ifPresent(Replacement::abandon);
        replacement = Optional.empty();
        long delayNs = isTriedApart ? 0 : backoff.nextDelayNs();
        LOG.warn(
                "connection {} lost: {}; next attempt in {} ms",
                gone.number(),
                reason,
                TimeUnit.NANOSECONDS.toMillis(delayNs));
        connectIn(delayNs);
    }

    private void connectIn(long delayNs) {
        connecting = parts.loop().schedule(this::connect, delayNs, TimeUnit.NANOSECONDS);
    }

    private void connect() {
        if (!parts.intake().isOpen()) {
            // Records of a new attempt would only queue behind what the full ring has not taken.
            connectIn(TimeUnit.MILLISECONDS.toNanos(RING_RETRY_MS));
            return;
        }
        if (!parts.budget().tryOpen(parts.nanoTime())) {
            awaitBudget();
            return;
        }
        isWaiting = false;
        if (isBegun) {
            parts.counters().reconnects.increment();
        }
        isBegun = true;
        connection = sockets.next(wanted, this);
        become(State.CONNECTING);
        sockets.open(connection);
    }

    private void awaitBudget() {
        if (!isWaiting) {
            isWaiting = true;
            parts.counters().budgetWaits.increment();
            become(State.WAITING);
        }
        connectIn(TimeUnit.MILLISECONDS.toNanos(VenueBudget.RETRY_MS));
    }

    private void become(State newState) {
        state = newState;
        owner.onLaneChanged();
    }
}
