package dev.millrace.feed;

import dev.millrace.market.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection on which suspects are tried, one at a time: asked for once the socket has proven to be alive, harmless
 * when it is still open a while after the acknowledgement. It lives as long as there are any. Event loop only.
 */
final class Trial implements Connection.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** An unknown coin makes the venue close within 90-155 ms (protocol notes, section 2). */
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(400);

    private static final long BUDGET_RETRY_MS = 100;

    private final Quarantine quarantine;
    private final Sockets sockets;
    private final FeedParts parts;
    private final Backoff backoff;
    private Connection connection;
    private Future<?> next;
    private Optional<Subscription> tried = Optional.empty();
    private long triedAtNs;
    private boolean isAnswered;
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
        if (!parts.intake().isOpen() || !parts.budget().tryOpen(parts.nanoTime())) {
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
        openIn(TimeUnit.MILLISECONDS.toNanos(BUDGET_RETRY_MS));
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
        long nowNs = current.openForNs();
        if (tried.isPresent() && isSettled(current, tried.get(), nowNs)) {
            quarantine.onHarmless(tried.get());
            tried = Optional.empty();
            backoff.reset();
        }
        if (tried.isEmpty()) {
            tried = quarantine.next();
            tried.ifPresentOrElse(
                    suspect -> ask(current, suspect, nowNs), () -> current.close("everything suspect was tried"));
        }
    }

    private void ask(Connection current, Subscription suspect, long nowNs) {
        triedAtNs = nowNs;
        isAnswered = false;
        current.talk().orElseThrow().subscriber().add(suspect);
    }

    /** One that is never acknowledged does not close the socket either: its lane asks again. */
    private boolean isSettled(Connection current, Subscription suspect, long nowNs) {
        if (!isAnswered && current.holds(suspect)) {
            isAnswered = true;
            triedAtNs = nowNs;
        }
        long ackTimeoutNs = parts.config().ackTimeout().toNanos();
        return nowNs - triedAtNs >= (isAnswered ? SETTLE_NS : Math.max(SETTLE_NS, ackTimeoutNs));
    }

    @Override
    public void onLost(Connection gone, String reason) {
        connection = null;
        Optional<Subscription> last = tried;
        tried = Optional.empty();
        if (last.isPresent() && gone.wasAbrupt()) {
            quarantine.onStrike(last.get());
        } else {
            last.ifPresent(quarantine::putBack);
        }
        sockets.gone(gone);
        if (!isStopped && !quarantine.isEmpty()) {
            openIn(backoff.nextDelayNs());
        }
    }
}
