package dev.millrace.feed;

import dev.millrace.market.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection on which suspects are tried, one group at a time: asked for once the socket has proven to be alive,
 * harmless when it is still open a while after the last acknowledgement. It lives as long as there are any. Event loop
 * only.
 */
final class Trial implements Connection.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** An unknown coin makes the venue close within 90-155 ms (protocol notes, section 2). */
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Quarantine quarantine;
    private final Sockets sockets;
    private final FeedParts parts;
    private final Backoff backoff;
    private Connection connection;
    private Future<?> next;
    private List<Subscription> tried = List.of();
    private int answered;
    private long movedAtNs;
    private boolean isWaiting;
    private boolean isStopped;

    Trial(Quarantine quarantine, Sockets sockets, Backoff backoff) {
        this.quarantine = quarantine;
        this.sockets = sockets;
        this.parts = sockets.parts();
        this.backoff = backoff;
    }

    /** There is something to try. */
    void begin() {
        if (connection == null && next == null && !isStopped && !quarantine.isEmpty()) {
            open();
        }
    }

    void stop() {
        isStopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private void open() {
        next = null;
        if (!parts.intake().isOpen() || !parts.budget().tryOpenSpare(parts.nanoTime())) {
            awaitRoom();
            return;
        }
        isWaiting = false;
        parts.counters().trials.increment();
        connection = sockets.next(List.of(), this);
        sockets.open(connection);
    }

    private void awaitRoom() {
        if (!isWaiting) {
            isWaiting = true;
            parts.counters().budgetWaits.increment();
        }
        openIn(TimeUnit.MILLISECONDS.toNanos(VenueBudget.RETRY_MS));
    }

    private void openIn(long delayNs) {
        next = parts.loop().schedule(this::open, delayNs, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onConnected(Connection connected) {
        parts.counters().connects.increment();
        LOG.info(
                "connected to {} (connection {}) to find what closes the socket", parts.endpoint(), connected.number());
        connected.talk().ifPresent(Conversation::ping);
    }

    @Override
    public void onTick(Connection current) {
        if (!current.isOpen() || !current.hasHeard()) {
            return;
        }
        if (!tried.isEmpty() && isSettled(current)) {
            quarantine.onHarmless(tried);
            // Their lanes hold them now: they are not to take room twice.
            tried.forEach(subscriberOf(current)::retire);
            tried = List.of();
            backoff.reset();
        }
        if (tried.isEmpty()) {
            ask(current, quarantine.next());
        }
    }

    private void ask(Connection current, List<Subscription> suspects) {
        if (suspects.isEmpty()) {
            current.close("everything suspect was tried");
            return;
        }
        tried = suspects;
        answered = 0;
        movedAtNs = current.openForNs();
        tried.forEach(subscriberOf(current)::add);
    }

    private static Subscriber subscriberOf(Connection connection) {
        return connection.talk().orElseThrow().subscriber();
    }

    /** What is never acknowledged does not close the socket either: its lane asks again. */
    private boolean isSettled(Connection current) {
        long nowNs = current.openForNs();
        int held = (int) tried.stream().filter(current::holds).count();
        boolean isSending = !subscriberOf(current).hasSentAll();
        if (held != answered || isSending) {
            answered = held;
            movedAtNs = nowNs;
        }
        long ackTimeoutNs = parts.config().ackTimeout().toNanos();
        return nowNs - movedAtNs >= (held == tried.size() ? SETTLE_NS : Math.max(SETTLE_NS, ackTimeoutNs));
    }

    @Override
    public void onLost(Connection gone, String reason) {
        connection = null;
        List<Subscription> last = tried;
        tried = List.of();
        boolean isFound = judge(last, gone);
        sockets.gone(gone);
        if (!isStopped && !quarantine.isEmpty()) {
            // What was looked for was found: nothing is wrong with the venue.
            openIn(isFound ? 0 : backoff.nextDelayNs());
        }
    }

    /**
     * What it owed an answer is suspect, where there is none what it had just answered; what it answered besides is
     * harmless, and of the rest nothing is known. Tells whether there was any suspect.
     */
    private boolean judge(List<Subscription> last, Connection gone) {
        List<Subscription> held = last.stream().filter(gone::holds).toList();
        List<Subscription> owed =
                gone.suspects().stream().filter(last::contains).toList();
        List<Subscription> accused = owed.isEmpty() && gone.wasAbrupt() ? held : owed;
        List<Subscription> harmless = owed.isEmpty() ? List.of() : held;
        List<Subscription> unknown = new ArrayList<>(last);
        unknown.removeAll(accused);
        unknown.removeAll(harmless);
        quarantine.putBack(unknown);
        quarantine.onHarmless(harmless);
        quarantine.onStrike(accused);
        return !accused.isEmpty();
    }
}
