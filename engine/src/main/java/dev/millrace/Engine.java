package dev.millrace;

import dev.millrace.barlog.BarLog;
import dev.millrace.config.CollectConfig;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.control.ControlException;
import dev.millrace.control.ControlServer;
import dev.millrace.discovery.CollectionResult;
import dev.millrace.discovery.CollectionWatch;
import dev.millrace.discovery.PageException;
import dev.millrace.feed.FeedClient;
import dev.millrace.feed.FeedStatus;
import dev.millrace.handover.HandoverException;
import dev.millrace.handover.Predecessor;
import dev.millrace.handover.Successor;
import dev.millrace.journal.JournalException;
import dev.millrace.journal.JournalRoom;
import dev.millrace.journal.JournalWriter;
import dev.millrace.journal.Readers;
import dev.millrace.journal.RetentionThread;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.metrics.LatencyHistogram;
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
import dev.millrace.rest.InfoException;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.state.Snapshots;
import dev.millrace.store.ResultSink;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: builds each part in data-flow order and closes in reverse. The parts know the market, not each other; this
 * is the one place that knows them all.
 *
 * <pre>
 * lock ▸ metadata over REST ▸ log ▸ control ▸ journal ▸ snapshots ▸ bar log ▸ pipeline ▸ recovery ▸ retention
 * ▸ session header ▸ metadata's records ▸ clock ▸ feed ▸ ops
 * </pre>
 *
 * In a handover the running daemon has the lock. Metadata and feed come first then, and what they bring is held until that
 * one has let go.
 */
public final class Engine implements AutoCloseable {

    /** The role of this process in its data directory. */
    public static final String ROLE = "capture";

    /** In the data directory: where the command line asks the daemon. */
    public static final String CONTROL_SOCKET = "control.sock";

    private static final String LOG_NAME = "millrace";

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final EngineConfig config;
    private final Counters counters = new Counters();
    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());
    private final LocalClock clock;
    private final CloseDeadline deadline;
    private final OpenParts open = new OpenParts();
    private final FeedStart feedStart;
    private final SentimentStart sentiment;
    private final Predecessor predecessor = new Predecessor();
    private Logging log;
    private Pipeline pipeline;
    private OwnRecords records;
    private JournalWriter journal;
    private RetentionThread retention;
    private JournalRoom room;
    private FeedClient feed;
    private OpsServer ops;
    private Health health;
    private volatile Optional<Status> status = Optional.empty();
    private volatile Optional<StoreRole> store = Optional.empty();
    private volatile Optional<Collector> collector = Optional.empty();
    private volatile Optional<CandleReads> candleReads = Optional.empty();
    private volatile Optional<Accounts> accounts = Optional.empty();
    private volatile Optional<VenueWatch> venueWatch = Optional.empty();
    private boolean recording;

    private Engine(EngineConfig config, LocalClock clock, boolean feeding) {
        this.config = config;
        this.clock = clock;
        deadline = new CloseDeadline(config.ops().shutdownDeadline(), System::nanoTime);
        feedStart = new FeedStart(config, clock, counters, feeding);
        sentiment = new SentimentStart(config, clock);
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

    /** With a clock of the caller's: hours can pass within a test, and a benchmark knows what receive times count from. */
    public static Engine launch(EngineConfig config, List<? extends Strategy> observers, LocalClock clock)
            throws InterruptedException {
        return new Engine(config, clock, true).launch(observers, Optional.empty());
    }

    /**
     * Starts a daemon that subscribes nothing, to {@link #collect} while none runs.
     *
     * @throws dev.millrace.config.ConfigException when a setting cannot work; everything begun was closed again
     * @throws dev.millrace.ops.AlreadyRunningException when another process has the data directory
     */
    public static Engine launchWithoutFeed(EngineConfig config) throws InterruptedException {
        return new Engine(config, LocalClock.system(), false).launch(List.of(), Optional.empty());
    }

    /**
     * Starts the daemon in the place of the one that runs on the same data directory, without a gap: that one records until
     * nothing can lie between its last record and the first of this one.
     *
     * @param observers strategies beside the configured ones
     * @param progress told one line for each step
     * @throws HandoverException when there is nothing to take over, or it could not be; the other daemon goes on
     * @throws InterruptedException when the thread was interrupted; before the release the other daemon goes on
     */
    public static Engine takeOver(EngineConfig config, List<? extends Strategy> observers, Consumer<String> progress)
            throws InterruptedException {
        return takeOver(config, observers, progress, LocalClock.system());
    }

    static Engine takeOver(
            EngineConfig config, List<? extends Strategy> observers, Consumer<String> progress, LocalClock clock)
            throws InterruptedException {
        Engine engine = new Engine(config, clock, true);
        StartChecks.capture(config);
        StartChecks.cores(config);
        return engine.launch(observers, Optional.of(engine.opened(Successor.ask(config, progress))));
    }

    private Engine launch(List<? extends Strategy> observers, Optional<Successor> successor)
            throws InterruptedException {
        try {
            start(observers, successor);
            return this;
        } catch (InterruptedException | RuntimeException e) {
            deadline.begin();
            open.closeAfter(e);
            throw e;
        }
    }

    private void start(List<? extends Strategy> observers, Optional<Successor> successor) throws InterruptedException {
        StartChecks.capture(config);
        StartChecks.cores(config);
        List<Strategy> all = Stream.concat(StartChecks.strategies(config).stream(), observers.stream())
                .toList();
        RoleLocks locks = new RoleLocks(config, open);
        long startNs = clock.nowNs();
        if (successor.isPresent()) {
            takeOver(locks, successor.get());
        } else {
            locks.take();
        }
        RoleLock role = locks.of(Role.CAPTURE);
        open.add(() -> leave(locks));
        SessionHeader header = CaptureSession.header(config, role, successor.isPresent());
        StartChecks.room(config);
        if (successor.isEmpty()) {
            feedStart.readPlan(List.of());
        }
        log = opened(Logging.start(config.data().log(), LOG_NAME));
        listen();
        Market recovered = record(all, header, startNs);
        receive();
        observe();
        if (successor.isEmpty()) {
            feedStart.start(feed);
        }
        askVenue(recovered.universe());
    }

    /** From the journal to the strategies: brings the market to where the journal ends, and begins a session behind it. */
    private Market record(List<Strategy> all, SessionHeader header, long startNs) throws InterruptedException {
        journal = opened(JournalWriter.open(config.data().journal(), config.journal(), clock, counters));
        SnapshotFolder states =
                new SnapshotFolder(config.data().state(), ROLE, EngineVersion.text(), Market.SEMANTICS_VERSION);
        BarLog barLog =
                opened(BarLog.open(config.data().bars(), config.results().bars().revisionWindow(), counters, errors));
        Readers readers = Readers.of(config.data().journal());
        Snapshots snapshots = opened(Snapshots.launch(
                states, config.snapshot(), RecordedJournal.of(journal, barLog, readers), counters, errors));
        StrategyHost strategies = new StrategyHost(() -> all, counters, errors);
        pipeline = new Pipeline(config.pipeline(), clock, journal, strategies, barLog, counters, errors);
        Recovery recovery = new Recovery(config.data().journal(), states, barLog, counters, errors);
        Market recovered = recovery.run(journal.lastSequence());
        barLog.start();
        pipeline.resume(recovered, recovery.unwrittenGaps());
        retention = opened(RetentionThread.start(journal, config.journal(), clock, counters, barLog::journalBeginsAt));
        store = config.roles().contains(Role.STORE)
                ? Optional.of(opened(StoreRole.start(config, journal::sync, counters, errors)))
                : Optional.empty();
        pipeline.start(snapshots);
        open.add(this::drain);
        recording = true;
        records = new OwnRecords(pipeline, clock, deadline::isOver);
        CaptureSession session = new CaptureSession(config, pipeline, records, predecessor);
        session.begin(header, startNs, recovered.openConnections());
        open.add(session::end);
        feedStart.journal(records, pipeline.sink()); // the clock comes later: it would be ahead of what was held
        session.tellDamage(journal.damage());
        warnOfDamage();
        return recovered;
    }

    /** The sources: local time, the venue's stream, sentiment. */
    private void receive() {
        room = opened(JournalRoom.watch(config.data().journal(), journal, config.journal(), clock, records, counters));
        pipeline.startClock();
        feed = opened(feedStart.feed(pipeline.sink()));
        pipeline.actThrough(feed);
        var unused = feed.failure().thenAccept(bug -> pipeline.fail("feed", bug));
        sentiment.start(pipeline.sink(), counters, errors).ifPresent(open::add);
        open.add(pipeline::resumeIntake); // what the feed has already read must enter before it closes
    }

    /** What people and their monitors see. */
    private void observe() {
        health = new Health(
                config, clock, journal, retention, room, store, pipeline, feed, this::universe, counters, errors);
        Map<String, LatencyHistogram> latencies = new HashMap<>(pipeline.arrivals());
        latencies.put("frame.to.callback", pipeline.latency());
        MetricsPage metrics = new MetricsPage(counters, latencies, errors);
        ops = opened(OpsServer.start(config.ops().port(), health::report, metrics));
        status = Optional.of(new Status(
                config,
                health::report,
                feed::status,
                pipeline::freshness,
                this::universe,
                room::untilFull,
                pipeline.latency(),
                counters,
                Instant.now()));
    }

    /** Those who ask the venue's REST interface while it runs; then a successor may come. */
    private void askVenue(UniverseDecision last) {
        VenueParts venue = new VenueParts(config, feedStart, clock, counters, errors);
        accounts = Optional.of(venue.accounts());
        FeedMembership membership = venue.membership(feed, records, last);
        collector = store.map(tables -> opened(venue.collector(journal, tables, membership::coins)));
        candleReads = store.map(tables -> opened(venue.candleReads(journal, tables, membership::coins)));
        if (feedStart.isFeeding()) {
            store.ifPresent(this::certify);
            collector.ifPresent(Collector::start);
            candleReads.ifPresent(CandleReads::start);
            if (config.quality().repair()) {
                opened(venue.repairReads(pipeline::candlesDue));
            }
            venueWatch = Optional.of(opened(venue.watch(membership, records, last)));
        }
        predecessor.ready(() -> facts(membership), pipeline::position, feed::status, feedStart.venue()::pause);
    }

    private void certify(StoreRole tables) {
        DayCertificates certificates =
                new DayCertificates(config, tables::reading, tables::venueMs, System::nanoTime, counters, errors);
        candleReads.ifPresent(reads -> certificates.rereading(reads::readAgain));
        opened(certificates.start());
    }

    private Optional<UniverseDecision> universe() {
        return venueWatch.flatMap(VenueWatch::decision);
    }

    /** Takes the running daemon's roles, once that one has let go; what the feed brings until then is held. */
    private void takeOver(RoleLocks locks, Successor successor) throws InterruptedException {
        locks.takeBeside(successor);
        open.add(feedStart::close);
        feedStart.takeOver(successor);
        locks.takeAfter(successor);
    }

    /** Capture does not depend on it: where the socket cannot be made, nobody can ask, and the report says so. */
    private void listen() {
        EngineCommands commands =
                new EngineCommands(() -> status, () -> store, () -> collector, () -> candleReads, () -> accounts);
        try {
            opened(ControlServer.start(
                    config.data().dir().resolve(CONTROL_SOCKET), commands.all(config.roles(), predecessor, sentiment)));
            open.add(predecessor::close);
        } catch (ControlException e) {
            errors.record("control", e);
            LOG.warn("{}; millrace status and handover cannot reach this daemon", e.getMessage());
        }
    }

    private Predecessor.Facts facts(FeedMembership membership) {
        return new Predecessor.Facts(
                EngineVersion.text(),
                Market.SEMANTICS_VERSION,
                config.hyperliquid().environment(),
                config.data().journal().toAbsolutePath().normalize(),
                membership.subscriptions(),
                membership.members(),
                feedStart.venue().spent(),
                config.roles());
    }

    /** A start after anything less than a clean stop is an unclean one; one that recorded nothing changes nothing. */
    private void leave(RoleLocks locks) {
        RoleLock role = locks.of(Role.CAPTURE);
        boolean clean =
                recording ? !open.failed() && !pipeline.failure().isDone() : role.startReason() == StartReason.CLEAN;
        if (clean) {
            role.markClean();
        }
        if (journal == null) {
            locks.withdraw();
        }
    }

    /**
     * Asks the venue for the history that the tables lack, and returns when they hold it. Any thread.
     *
     * @param coins none for those of {@code feed.coins}
     * @throws PageException when the venue did not answer at all
     */
    public CollectionResult collect(List<String> coins, CollectConfig what, CollectionWatch watch)
            throws PageException, InterruptedException {
        return collector
                .orElseThrow(() -> new IllegalStateException(
                        "history is collected where the tables are: roles = [capture, store]"))
                .collect(coins, what, watch);
    }

    /**
     * Asks the venue for an account; the answers are journaled. Any thread.
     *
     * @throws dev.millrace.store.RefusedException when {@code rest.account-info} is off
     * @throws InfoException when the venue gave no usable answer
     */
    public void account(AccountQuestion question, ResultSink sink)
            throws IOException, InfoException, InterruptedException {
        accounts.orElseThrow().tell(question, sink);
    }

    /** Completes when the journal or the market failed and the daemon must stop. */
    public CompletableFuture<Throwable> failure() {
        return pipeline.failure();
    }

    /** Completes with the process id of a daemon that takes over: this one must be closed. */
    public CompletableFuture<Long> successor() {
        return predecessor.successor();
    }

    /** What was subscribed, and what was noticed about it. */
    public FeedPlan plan() {
        return feedStart.plan();
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
        deadline.begin();
        open.close();
    }

    private void drain() throws Exception {
        pipeline.drain(deadline.left());
        predecessor.tell("everything read is journaled and the state saved, up to record " + journal.lastSequence());
    }

    /** What was set aside at the start stands in the report until the next one. */
    private void warnOfDamage() {
        for (String damage : journal.damage()) {
            errors.record("journal", new JournalException(damage));
            LOG.error("{}", damage);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        return open.add(part);
    }
}
