package dev.millrace.feed;

import dev.millrace.config.FeedConfig;
import dev.millrace.config.HyperliquidConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.FeedControl;
import dev.millrace.market.NanoClock;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hyperliquid's WebSocket, kept connected for ever: every message goes to the sink byte for byte, in order, with the
 * time of the read that brought it, and between them the records of {@link dev.millrace.market.Lifecycle}. Subscriptions are
 * spread over several connections where there are too many for one, or where streams are to come twice; each attempt
 * to connect has a new number, from 1. A failure of the venue or the network is never an exception here but a
 * {@code lost} record and the {@link #status()}.
 *
 * <p>All work is done on one event loop thread, {@code md-feed}; {@link #start}, {@link #close} and {@link #status} may
 * be called from any other thread. A closed client does not start again: make a new one.
 */
public final class FeedClient implements FeedControl, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** How long {@link #close} waits for room in the sink before it says what is left. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private enum Life {
        NEW,
        STARTED,
        CLOSED
    }

    private final FeedParts parts;
    private final Network network;
    private final AtomicReference<Life> life = new AtomicReference<>(Life.NEW);
    private final Promise<Void> drained;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    // Event loop only.
    private final Sockets sockets;
    private final Lanes lanes;

    /**
     * @param subscriptions what is asked for, each once
     * @param budget what the venue allows this address, shared by all feeds of the process
     * @param clock stamps messages as they are read
     * @param random jitter of the back-off
     * @throws IllegalArgumentException when the address or the trusted certificates cannot be used, or the venue does not
     *     allow so much
     */
    public FeedClient(
            HyperliquidConfig hyperliquid,
            FeedConfig config,
            List<Subscription> subscriptions,
            VenueBudget budget,
            EventSink sink,
            NanoClock clock,
            RandomGenerator random,
            Counters registry) {
        this(hyperliquid, config, subscriptions, budget, sink, clock, random, registry, NioNetwork::new);
    }

    FeedClient(
            HyperliquidConfig hyperliquid,
            FeedConfig config,
            List<Subscription> subscriptions,
            VenueBudget budget,
            EventSink sink,
            NanoClock clock,
            RandomGenerator random,
            Counters registry,
            Supplier<Network> networks) {
        Endpoint endpoint = Endpoint.of(hyperliquid);
        FeedCounters counters = new FeedCounters(registry);
        LanePlan plan = LanePlan.of(new LinkedHashSet<>(subscriptions), config.lanes(), budget.limits());
        network = networks.get(); // not before everything was found to be right: it holds resources
        drained = network.loop().newPromise();
        Intake intake = new Intake(sink, counters, network, this::fail);
        parts = new FeedParts(config, endpoint, budget, clock, network, intake, counters);
        sockets = new Sockets(parts, network.bootstrap(endpoint));
        lanes = new Lanes(plan, sockets, random);
    }

    /** Begins to connect and returns. */
    public void start() {
        if (!life.compareAndSet(Life.NEW, Life.STARTED)) {
            throw new IllegalStateException("the feed was started or closed before; make a new FeedClient");
        }
        parts.loop().execute(lanes::start);
    }

    /** Runs an action on the thread {@code md-feed}, to bind it to a core for example; what it throws comes back here. */
    public void onThread(Runnable action) {
        parts.loop().submit(action).syncUninterruptibly();
    }

    public FeedStatus status() {
        return lanes.status();
    }

    /**
     * Asks for more while it runs; what is asked for already stays as it is. Any thread but its own; cold.
     *
     * @throws IllegalArgumentException when the venue does not allow so many: none of them was taken
     */
    public void subscribe(List<Subscription> subscriptions) {
        onThread(() -> lanes.subscribe(subscriptions));
    }

    /** Ends these; what is not asked for is passed over. Any thread but its own; cold. */
    public void retire(List<Subscription> subscriptions) {
        onThread(() -> lanes.retire(subscriptions));
    }

    /**
     * Another process has left the venue's limits to this one: takes up to so much from now on, and asks a second time for
     * what {@code feed.redundancy} names and had no room. Any thread but its own; cold.
     */
    public void widen(VenueLimits limits) {
        onThread(() -> {
            parts.budget().widen(limits);
            lanes.askTwice();
        });
    }

    /** Nothing once it is closed: the market still works off what came before. */
    @Override
    public void resubscribe(int connection, Subscription subscription) {
        request(() -> lanes.renew(connection, subscription));
    }

    /** Likewise. */
    @Override
    public void replace(int connection, long lateMs) {
        request(() -> lanes.replace(connection, true, lateMs));
    }

    /** Likewise. */
    @Override
    public void replaceIfRoom(int connection) {
        request(() -> lanes.replace(connection, false, 0));
    }

    private void request(Runnable change) {
        try {
            parts.loop().execute(change);
        } catch (RejectedExecutionException ended) {
            if (life.get() != Life.CLOSED) {
                throw ended;
            }
        }
    }

    /** Completes when the way into the sink failed, which is a bug of the engine: nothing is read after it. */
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    private void fail(Throwable bug) {
        failure.complete(bug);
        drained.trySuccess(null);
    }

    /**
     * Stops reading, closes the connection, hands over what was already read and ends the thread. Closing again does
     * nothing.
     *
     * @throws IllegalStateException when the sink stayed full for 10 s, saying how many messages were not handed over, or
     *     when the thread did not end
     */
    @Override
    public void close() {
        if (life.getAndSet(Life.CLOSED) == Life.CLOSED) {
            return;
        }
        parts.loop().execute(this::stop);
        if (!network.await(drained, CLOSE_LIMIT)) {
            LOG.error("closing the feed: the engine takes no messages");
        }
        Future<Integer> discarded = parts.loop().submit(parts.intake()::discard);
        boolean isEnded = network.close(CLOSE_LIMIT);
        int left = discarded.isSuccess() ? discarded.getNow() : 0;
        if (left > 0 && !failure.isDone()) {
            throw new IllegalStateException("feed closed with " + left
                    + " messages that the engine did not take within " + CLOSE_LIMIT + ": the ring stayed full");
        }
        if (!isEnded) {
            throw new IllegalStateException("feed closed, but its thread md-feed did not end within " + CLOSE_LIMIT);
        }
    }

    private void stop() {
        lanes.stop();
        sockets.closeAll("the feed was closed", () -> parts.intake().onceOpen(() -> drained.trySuccess(null)));
    }
}
