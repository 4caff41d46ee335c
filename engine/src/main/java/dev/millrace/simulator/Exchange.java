package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sockets of one local exchange share. Event loop only, except for the tally and {@link #ended}. */
final class Exchange {

    /** A stream begins when no subscription has come for so long. */
    static final long SETTLE_MS = 250;

    /** How often the exchange looks at its clock for what is due. */
    private static final long PULSE_MS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final SimulatorConfig config;
    private final EventLoop loop;
    private final SimulatedMarket market;
    private final Tally tally = new Tally();
    private final InfoReplies info;
    private final LiveMarket live;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final List<Future<?>> timers = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Alarms alarms;
    private final ArmedFaults faults;
    private final RequestLog requests;
    private final Allowance allowance;
    private long originNs;
    private FrameBlock block;
    private long streamPosition;
    private long streamMs;
    private boolean began;
    private boolean over;
    private long sockets;

    Exchange(SimulatorConfig config, EventLoop loop) throws IOException {
        Conduct conduct = config.conduct();
        this.config = config;
        this.alarms = new Alarms(conduct.clock());
        this.faults = new ArmedFaults(conduct.faults(), this::sinceStartNs, conduct.witness());
        this.requests = new RequestLog(conduct.requestLog());
        this.allowance = new Allowance(conduct.limits());
        this.loop = loop;
        this.market = new SimulatedMarket(config.market());
        this.info = new InfoReplies(market);
        this.live = new LiveMarket(this);
        if (config.recording().isEmpty() && config.pace().kind() != Pace.Kind.NATURAL) {
            block = new FrameBlock(config.market(), config.mix());
        }
    }

    /** Begins; called just before the port is opened, for every time counts from here. */
    void start(Port port) {
        originNs = nowNs();
        witness().onStart();
        faults.ofExchange().forEach(fault -> alarms.after(fault.after().toNanos(), () -> happen(fault, port)));
        keep(loop.scheduleAtFixedRate(this::pulse, PULSE_MS, PULSE_MS, TimeUnit.MILLISECONDS));
        if (config.recording().isEmpty() && config.pace().kind() == Pace.Kind.NATURAL) {
            live.start(loop);
        }
    }

    private void pulse() {
        alarms.ring();
        long nowNs = nowNs();
        sessions.stream()
                .filter(session -> session.silentNs(nowNs) >= allowance.idleNs())
                .toList()
                .forEach(Session::drop);
    }

    private void happen(Fault fault, Port port) {
        witness().onFault(fault);
        switch (fault.kind()) {
            case LIST -> market.list(SimulatedCoin.named(fault.text("coin")));
            case DELIST -> market.delist(fault.text("coin"));
            default -> {
                port.close().addListener(closed -> {});
                alarms.after(fault.nanos("for"), port::reopen);
            }
        }
    }

    /** Monotonic, ns, by the clock of the configuration. */
    long nowNs() {
        return config.conduct().clock().getAsLong();
    }

    /** Since the exchange began to listen. */
    long sinceStartNs() {
        return nowNs() - originNs;
    }

    Alarms alarms() {
        return alarms;
    }

    Witness witness() {
        return config.conduct().witness();
    }

    ArmedFaults faults() {
        return faults;
    }

    RequestLog requests() {
        return requests;
    }

    Allowance allowance() {
        return allowance;
    }

    /** Charges a REST request; false when the minute's budget does not hold it. */
    boolean weigh(int requestWeight) {
        return allowance.weigh(nowNs(), requestWeight);
    }

    /** Whether the limits allow one more WebSocket now. */
    boolean admits() {
        return allowance.connect(nowNs(), sessions.size());
    }

    SimulatorConfig config() {
        return config;
    }

    SimulatedMarket market() {
        return market;
    }

    InfoReplies info() {
        return info;
    }

    Tally tally() {
        return tally;
    }

    FrameBlock block() {
        return block;
    }

    /** Completes when the configured duration is over and every socket is closed. Any thread may wait. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Exchange time since the start: real time, or how far the streams from the block have come. */
    long elapsedMs() {
        return realTime() ? sinceStartNs() / 1_000_000 : streamMs;
    }

    /** At MAX pace exchange time is always the stream's own: a client that drains faster sees it pass faster. */
    boolean realTime() {
        return config.realTime() && config.pace().kind() != Pace.Kind.MAX;
    }

    /** How many frames of the block are behind the streams, rounds included; the furthest socket counts. */
    long streamPosition() {
        return streamPosition;
    }

    void advanceStream(long position, long elapsedMs) {
        streamPosition = Math.max(streamPosition, position);
        streamMs = Math.max(streamMs, elapsedMs);
    }

    /** Keeps a timer until the end. */
    void keep(Future<?> timer) {
        timers.add(timer);
    }

    /** The number of a socket whose handshake is done. */
    long nextSocket() {
        return ++sockets;
    }

    FrameStream opened(Session session) {
        sessions.add(session);
        tally.open.increment();
        tally.accepted.increment();
        if (config.recording().isPresent()) {
            return new RecordingStream(session, this, config.recording().get());
        }
        return block == null ? live.stream(session) : new BlockStream(session, this);
    }

    void closed(Session session) {
        sessions.remove(session);
        tally.open.decrement();
        completeWhenOver();
    }

    /** The first frame of a stream is about to be sent: the configured duration counts from here. */
    void streamBegan() {
        if (!began) {
            began = true;
            config.duration()
                    .map(Duration::toNanos)
                    .ifPresent(nanos -> keep(loop.schedule(this::end, nanos, TimeUnit.NANOSECONDS)));
        }
    }

    /** Closes every socket after what it was sent. */
    void end() {
        over = true;
        timers.forEach(timer -> timer.cancel(false));
        List.copyOf(sessions).forEach(Session::end);
        completeWhenOver();
    }

    private void completeWhenOver() {
        if (over && sessions.isEmpty()) {
            ended.complete(null);
        }
    }

    /** Clients come and go: an error of their socket is theirs; anything else is a fault of the exchange. */
    void onSocketError(Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("a client's socket failed: {}", cause.getMessage());
        } else {
            LOG.error("a socket is closed after a fault", cause);
        }
    }

    void report(String what, IOException cause) {
        LOG.error("{}: {}", what, cause.getMessage());
    }
}
