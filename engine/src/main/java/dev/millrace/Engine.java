package dev.millrace;

import dev.millrace.barlog.BarLog;
import dev.millrace.config.ConfigException;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.PipelineConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.control.ControlServer;
import dev.millrace.feed.FeedClient;
import dev.millrace.feed.FeedStatus;
import dev.millrace.journal.JournalException;
import dev.millrace.journal.JournalRoom;
import dev.millrace.journal.JournalWriter;
import dev.millrace.journal.Readers;
import dev.millrace.journal.RetentionThread;
import dev.millrace.market.EventSink;
import dev.millrace.market.IntakeSwitch;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.metrics.LatencyHistogram;
import dev.millrace.ops.ClockSync;
import dev.millrace.ops.DataDirectory;
import dev.millrace.ops.EngineVersion;
import dev.millrace.ops.HealthReport;
import dev.millrace.ops.Logging;
import dev.millrace.ops.MetricsPage;
import dev.millrace.ops.OpsServer;
import dev.millrace.ops.RoleLock;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.Market;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.replay.Recovery;
import dev.millrace.state.JournalView;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.state.Snapshots;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import dev.millrace.strategy.StrategyLoader;
import dev.millrace.thread.CorePin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: builds each part in data-flow order and closes in reverse. The parts know the market, not each other; this
 * is the one place that knows them all.
 *
 * <pre>
 * lock ▸ metadata over REST ▸ log ▸ journal ▸ snapshots ▸ bar log ▸ pipeline ▸ recovery ▸ retention ▸ session header
 * ▸ metadata's records ▸ clock ▸ feed ▸ ops
 * </pre>
 */
public final class Engine implements AutoCloseable {

    /** The role of this process in its data directory. */
    public static final String ROLE = "capture";

    /** In the data directory: where the command line asks the daemon. */
    public static final String CONTROL_SOCKET = "control.sock";

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long ENGINE_SOURCE = Source.of(Source.ENGINE, 0, 0);
    /** Reader of the journal: what the oldest snapshot still needs is not deleted. */
    private static final String SNAPSHOTS = "snapshots";

    private static final long CLAIM_PAUSE_NS = 1_000_000L;
    /** What is left for draining when the deadline was spent before it: enough where nothing is stuck. */
    private static final long MIN_DRAIN_NS = 100_000_000L;

    private final EngineConfig config;
    private final Counters counters = new Counters();
    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());
    private final LocalClock clock;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Logging log;
    private Pipeline pipeline;
    private JournalWriter journal;
    private RetentionThread retention;
    private JournalRoom room;
    private FeedClient feed;
    private FeedPlan plan;
    private OpsServer ops;
    private Health health;
    private boolean recording;
    private boolean closing;
    private long closeDeadlineNs;
    private boolean failed;

    private Engine(EngineConfig config, LocalClock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Starts the daemon and returns once the feed has begun to connect.
     *
     * @param observers strategies beside the configured ones, such as the screen of the command line
     * @throws dev.millrace.config.ConfigException when a setting cannot work; everything begun was closed again
     * @throws dev.millrace.ops.AlreadyRunningException when another process has the data directory
     */
    public static Engine launch(EngineConfig config, List<? extends Strategy> observers) throws InterruptedException {
        return launch(config, observers, LocalClock.system());
    }

    /** With another clock than the machine's, so that hours can pass within a test. */
    static Engine launch(EngineConfig config, List<? extends Strategy> observers, LocalClock clock)
            throws InterruptedException {
        Engine engine = new Engine(config, clock);
        try {
            engine.start(observers);
            return engine;
        } catch (InterruptedException | RuntimeException e) {
            engine.closeAfter(e);
            throw e;
        }
    }

    private void start(List<? extends Strategy> observers) throws InterruptedException {
        checkCores();
        List<Strategy> configured = strategies();
        DataDirectory data =
                DataDirectory.open(config.data().dir(), config.hyperliquid().environment());
        RoleLock role = opened(data.lock(ROLE, Clock.systemUTC()));
        open.push(() -> leave(data, role));
        long startNs = clock.nowNs();
        SessionHeader header = header(role);
        JournalRoom.require(config.data().journal(), config.journal());
        StartReplies replies = new StartReplies();
        plan = FeedPlan.make(config, replies, clock, counters);
        log = opened(Logging.start(config.data().log()));
        journal = opened(JournalWriter.open(config.data().journal(), config.journal(), clock, counters));
        List<Strategy> all =
                Stream.concat(configured.stream(), observers.stream()).toList();
        SnapshotFolder states =
                new SnapshotFolder(config.data().state(), ROLE, EngineVersion.text(), Market.SEMANTICS_VERSION);
        BarLog barLog =
                opened(BarLog.open(config.data().bars(), config.results().bars().revisionWindow(), counters, errors));
        Readers readers = Readers.of(config.data().journal());
        readers.register(SNAPSHOTS);
        Snapshots snapshots = opened(
                Snapshots.launch(states, config.snapshot(), new Recorded(journal, barLog, readers), counters, errors));
        StrategyHost strategies = new StrategyHost(() -> all, counters, errors);
        pipeline = new Pipeline(config.pipeline(), clock, journal, strategies, barLog, counters, errors);
        Recovery recovery = new Recovery(config.data().journal(), states, barLog, counters, errors);
        Market recovered = recovery.run(journal.lastSequence());
        barLog.start();
        pipeline.resume(recovered, recovery.unwrittenGaps());
        retention = opened(RetentionThread.start(journal, config.journal(), clock, counters));
        pipeline.start(snapshots);
        open.push(this::drain);
        recording = true;
        publish(RecordKind.SESSION, ENGINE_SOURCE, startNs, header.toPayload());
        for (long connection : recovered.openConnections()) {
            byte[] lost = Lifecycle.LOST.payload("with its session, which was killed");
            publish(RecordKind.LIFECYCLE, connection, clock.nowNs(), lost);
        }
        tellDamage();
        replies.inOrder().forEach(reply -> publish(reply.kind(), reply.source(), reply.receiveNs(), reply.bytes()));
        open.push(this::endSession);
        room = opened(
                JournalRoom.watch(config.data().journal(), journal, config.journal(), clock, new Intake(), counters));
        pipeline.startClock();
        feed = opened(new FeedClient(
                config.hyperliquid(),
                config.feed(),
                plan.subscriptions(),
                pipeline.sink(),
                clock,
                new Random(),
                counters));
        var unused = feed.failure().thenAccept(bug -> pipeline.fail("feed", bug));
        if (isPinned()) {
            int core = config.pipeline().cores().get(0);
            feed.onThread(() -> CorePin.pinTo(core));
        }
        open.push(pipeline::resumeIntake); // what the feed has already read must enter before it closes
        health = new Health(config, clock, journal, retention, room, pipeline, feed, counters, errors);
        MetricsPage metrics = new MetricsPage(counters, Map.of("frame.to.callback", pipeline.latency()), errors);
        ops = opened(OpsServer.start(config.ops().port(), health::report, metrics));
        Status status = new Status(
                config, health::report, feed::status, room::untilFull, pipeline.latency(), counters, Instant.now());
        opened(ControlServer.start(
                config.data().dir().resolve(CONTROL_SOCKET),
                Map.of("status", (request, reply) -> reply.send(status.now()))));
        feed.start();
    }

    /** What a snapshot is of: it claims the records and the bars before it, so both must be safe on disk. */
    private record Recorded(JournalWriter journal, BarLog barLog, Readers readers) implements JournalView {

        @Override
        public void sync() {
            journal.sync();
            barLog.sync();
        }

        @Override
        public long firstSequence() {
            return journal.firstSequence();
        }

        @Override
        public void passed(long sequence) {
            readers.advance(SNAPSHOTS, sequence);
        }
    }

    /** A refused core stops the start before anything is written; the threads bind themselves later. */
    private void checkCores() {
        if (isPinned()) {
            try {
                CorePin.check(config.pipeline().cores());
            } catch (IllegalStateException e) {
                throw new ConfigException("pipeline.cores", e.getMessage());
            }
        }
    }

    private boolean isPinned() {
        return config.pipeline().profile() == PipelineConfig.Profile.PINNED;
    }

    private List<Strategy> strategies() {
        try {
            return StrategyLoader.load(config.strategies());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("strategies", e.getMessage());
        }
    }

    /** A start after anything less than a clean stop is an unclean one; one that recorded nothing changes nothing. */
    private void leave(DataDirectory data, RoleLock role) {
        boolean clean = recording ? !failed && !pipeline.failure().isDone() : role.startReason() == StartReason.CLEAN;
        if (clean) {
            role.markClean();
        }
        if (journal == null) {
            data.withdraw(role);
        }
    }

    private SessionHeader header(RoleLock role) {
        return new SessionHeader(
                EngineVersion.text(),
                Market.SEMANTICS_VERSION,
                role.startReason(),
                config.hyperliquid().environment(),
                ClockSync.probe().state().label(),
                String.join(",", config.feed().coins()),
                String.join(",", config.feed().channels()),
                config.results());
    }

    /** Completes when the journal or the market failed and the daemon must stop. */
    public CompletableFuture<Throwable> failure() {
        return pipeline.failure();
    }

    /** What was subscribed, and what was noticed about it. */
    public FeedPlan plan() {
        return plan;
    }

    public FeedStatus feed() {
        return feed.status();
    }

    /** The log's file. */
    public Path log() {
        return log.file();
    }

    /** Port of {@code /health} and {@code /metrics}. */
    public int opsPort() {
        return ops.port();
    }

    public HealthReport health() {
        return health.report();
    }

    public Counters counters() {
        return counters;
    }

    /** Receive time of a frame to the end of the strategies' callbacks. */
    public LatencyHistogram latency() {
        return pipeline.latency();
    }

    /**
     * Stops reading, drains, tells the strategies, writes a snapshot, syncs, lets go; within {@code shutdown.deadline}. Closing again does
     * nothing.
     *
     * @throws IllegalStateException when a part could not be closed; the rest was closed all the same
     */
    @Override
    public synchronized void close() {
        closing = true;
        closeDeadlineNs = System.nanoTime() + config.ops().shutdownDeadline().toNanos();
        IllegalStateException problem = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failed = true;
                if (problem == null) {
                    problem = new IllegalStateException("not stopped cleanly: " + e.getMessage(), e);
                } else {
                    problem.addSuppressed(e);
                }
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    private void closeAfter(Exception cause) {
        try {
            close();
        } catch (IllegalStateException e) {
            cause.addSuppressed(e);
        }
    }

    /** The clock stops first: no time passes between the end of a session and the next one's header. */
    private void endSession() {
        pipeline.stopClock();
        boolean told = tell(Lifecycle.STOPPING.payload(""));
        if (!told && !pipeline.failure().isDone()) {
            throw new IllegalStateException("the end of the session found no room in the ring within "
                    + config.ops().shutdownDeadline() + "; the journal or a strategy is stuck");
        }
    }

    private void drain() throws Exception {
        long leftNs = Math.max(closeDeadlineNs - System.nanoTime(), MIN_DRAIN_NS);
        pipeline.drain(Duration.ofNanos(leftNs));
    }

    /** What was set aside at the start stands in the journal too, and in the report until the next start. */
    private void tellDamage() {
        for (String damage : journal.damage()) {
            errors.record("journal", new JournalException(damage));
            LOG.error("{}", damage);
            tell(Lifecycle.DAMAGED.payload(damage));
        }
    }

    /** The record of a stop is the last that enters, that of the resumption the first. */
    private final class Intake implements IntakeSwitch {

        @Override
        public void stop(String why) {
            pipeline.stopIntake();
            tell(Lifecycle.INTAKE_STOPPED.payload(why));
        }

        @Override
        public void resume(String why) {
            tell(Lifecycle.INTAKE_RESUMED.payload(why));
            pipeline.resumeIntake();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private boolean isTooLate() {
        return closing && System.nanoTime() - closeDeadlineNs >= 0;
    }

    private boolean tell(byte[] lifecycle) {
        return publish(RecordKind.LIFECYCLE, ENGINE_SOURCE, clock.nowNs(), lifecycle);
    }

    /** Waits for room; false when the pipeline failed or the deadline of closing passed. */
    private boolean publish(RecordKind kind, long source, long receiveNs, byte[] payload) {
        EventSink sink = pipeline.ownRecords();
        MarketEvent event = sink.tryClaim(payload.length);
        while (event == null && !pipeline.failure().isDone() && !isTooLate()) {
            LockSupport.parkNanos(CLAIM_PAUSE_NS);
            event = sink.tryClaim(payload.length);
        }
        if (event != null) {
            System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
            event.set(kind, source, receiveNs, payload.length);
            sink.publish(event);
        }
        return event != null;
    }
}
