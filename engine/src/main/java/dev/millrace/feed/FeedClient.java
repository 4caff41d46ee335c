package dev.millrace.feed;

import dev.millrace.config.FeedConfig;
import dev.millrace.config.HyperliquidConfig;
import dev.millrace.feed.FeedStatus.State;
import dev.millrace.market.EventSink;
import dev.millrace.market.NanoClock;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hyperliquid's WebSocket, kept connected for ever: every message goes to the sink byte for byte, in order, with the
 * time of the read that brought it, and between them the records of {@link dev.millrace.market.Lifecycle}. Each attempt
 * to connect has a new number, from 1. A failure of the venue or the network is never an exception here but a
 * {@code lost} record and the {@link #status()}.
 *
 * <p>All work is done on one event loop thread, {@code md-feed}; {@link #start}, {@link #close} and {@link #status} may
 * be called from any other thread. A closed client does not start again: make a new one.
 */
public final class FeedClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    /** How long {@link #close} waits for room in the sink before it says what is left. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private enum Life {
        NEW,
        STARTED,
        CLOSED
    }

    private final FeedParts parts;
    private final MultiThreadIoEventLoopGroup group;
    private final NameLookup lookup = new NameLookup();
    private final Bootstrap bootstrap;
    private final Backoff backoff;
    private final Connection.Owner owner = new Transitions();
    private final AtomicReference<Life> life = new AtomicReference<>(Life.NEW);
    private final CountDownLatch drained = new CountDownLatch(1);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private volatile FeedStatus status;

    // Event loop only.
    private final Set<Subscription> suspects = new LinkedHashSet<>();
    private Connection connection;
    private Future<?> reconnecting;
    private boolean stopping;

    /**
     * @param subscriptions what is asked for on every connection
     * @param clock stamps messages as they are read
     * @param random jitter of the back-off
     * @throws IllegalArgumentException when the address or the trusted certificates cannot be used
     */
    public FeedClient(
            HyperliquidConfig hyperliquid,
            FeedConfig config,
            List<Subscription> subscriptions,
            EventSink sink,
            NanoClock clock,
            RandomGenerator random,
            Counters registry) {
        Endpoint endpoint = Endpoint.of(hyperliquid);
        FeedCounters counters = new FeedCounters(registry);
        group = new MultiThreadIoEventLoopGroup(1, FeedClient::thread, NioIoHandler.newFactory());
        EventLoop loop = group.next();
        Intake intake = new Intake(sink, counters, loop, this::fail);
        parts = new FeedParts(config, endpoint, List.copyOf(subscriptions), clock, loop, intake, counters);
        backoff = new Backoff(config.reconnectMinDelay(), config.reconnectMaxDelay(), random);
        bootstrap = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .resolver(lookup)
                // One time limit covers the whole way to the handshake, see Connection.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .remoteAddress(InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()));
        status = new FeedStatus(State.STOPPED, 0, clock.nowNs(), 0, "", "", subscriptions.size(), 0, List.of());
    }

    /** Begins to connect and returns. */
    public void start() {
        if (!life.compareAndSet(Life.NEW, Life.STARTED)) {
            throw new IllegalStateException("the feed was started or closed before; make a new FeedClient");
        }
        parts.loop().execute(this::connect);
    }

    /** Runs an action on the thread {@code md-feed}, to bind it to a core for example; what it throws comes back here. */
    public void onThread(Runnable action) {
        parts.loop().submit(action).syncUninterruptibly();
    }

    public FeedStatus status() {
        return status;
    }

    /** Completes when the way into the sink failed, which is a bug of the engine: nothing is read after it. */
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    private void fail(Throwable bug) {
        failure.complete(bug);
        drained.countDown();
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
        awaitDrained();
        int left = parts.loop()
                .submit(parts.intake()::discard)
                .syncUninterruptibly()
                .getNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_LIMIT.toMillis());
        lookup.close();
        if (left > 0 && !failure.isDone()) {
            throw new IllegalStateException("feed closed with " + left
                    + " messages that the engine did not take within " + CLOSE_LIMIT + ": the ring stayed full");
        }
        if (!group.isTerminated()) {
            throw new IllegalStateException("feed closed, but its thread md-feed did not end within " + CLOSE_LIMIT);
        }
    }

    private void awaitDrained() {
        try {
            if (!drained.await(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.error("closing the feed: the engine takes no messages");
            }
        } catch (InterruptedException e) {
            // The caller gives up waiting; what is left is counted and told.
            Thread.currentThread().interrupt();
        }
    }

    private void connect() {
        if (!parts.intake().isOpen()) {
            // Records of a new attempt would only queue behind what the full ring has not taken.
            reconnectIn(TimeUnit.MILLISECONDS.toNanos(1));
            return;
        }
        int number = status.connection() + 1;
        if (number > 1) {
            parts.counters().reconnects.increment();
        }
        connection = new Connection(number, parts, owner);
        become(State.CONNECTING, status.lastReason());
        connection.open(bootstrap);
    }

    private void reconnectIn(long delayNs) {
        reconnecting = parts.loop().schedule(this::connect, delayNs, TimeUnit.NANOSECONDS);
    }

    private void stop() {
        stopping = true;
        if (reconnecting != null) {
            reconnecting.cancel(false);
        }
        if (connection != null) {
            connection.close("the feed was closed");
        } else {
            stopped();
        }
    }

    private void stopped() {
        become(State.STOPPED, status.lastReason());
        parts.intake().onceOpen(drained::countDown);
    }

    /** The end of one state and the beginning of the next; the picture is replaced as a whole. */
    private void become(State state, String lastReason) {
        show(state, parts.clock().nowNs(), lastReason);
    }

    private void show(State state, long sinceNs, String lastReason) {
        int number = connection == null ? status.connection() : connection.number();
        status = new FeedStatus(
                state,
                number,
                sinceNs,
                Math.max(0, number - 1),
                lastReason,
                connection == null ? status.lastError() : connection.lastError(),
                status.asked(),
                connection == null ? 0 : connection.acknowledged(),
                List.copyOf(suspects));
    }

    private static Thread thread(Runnable task) {
        Thread thread = new FastThreadLocalThread(task, "md-feed");
        thread.setDaemon(true);
        return thread;
    }

    /** What the life of a connection changes; event loop only. */
    private final class Transitions implements Connection.Owner {

        @Override
        public void onConnected(Connection connected) {
            parts.counters().connects.increment();
            become(State.CONNECTED, status.lastReason());
            LOG.info("connected to {} (connection {})", parts.endpoint(), connected.number());
        }

        @Override
        public void onTick(Connection current) {
            boolean changed = current.acknowledged() != status.acknowledged()
                    || !current.lastError().equals(status.lastError());
            if (current.hasLasted()) {
                backoff.reset();
                changed |= suspects.removeAll(current.held());
            }
            if (changed) {
                show(status.state(), status.sinceNs(), status.lastReason());
            }
        }

        @Override
        public void onLost(Connection gone, String reason) {
            parts.counters().lost.increment();
            suspects.addAll(gone.suspects());
            connection = null;
            if (stopping) {
                stopped();
                return;
            }
            long delayNs = backoff.nextDelayNs();
            become(State.WAITING, reason);
            LOG.warn(
                    "connection {} lost: {}; next attempt in {} ms",
                    gone.number(),
                    reason,
                    TimeUnit.NANOSECONDS.toMillis(delayNs));
            reconnectIn(delayNs);
        }
    }
}
