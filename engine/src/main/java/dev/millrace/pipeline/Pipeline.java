package dev.millrace.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import dev.millrace.config.PipelineConfig;
import dev.millrace.freshness.FreshnessReport;
import dev.millrace.market.CandleRead;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.EventSink;
import dev.millrace.market.FeedControl;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.RecordLog;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.metrics.LatencyHistogram;
import dev.millrace.state.Snapshots;
import dev.millrace.strategy.StrategyHost;
import dev.millrace.thread.CorePin;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The wiring of capture.
 *
 * <pre>
 * capture  feed ─▶ ring ─▶ journal ─▶ market: decode ▸ order ▸ bars, books ▸ strategies
 * replay   journal ─▶ market                              the same market, see {@code replay.Replay}
 *
 * ─▶ crosses a thread in the pinned profile; ▸ is a plain call on the market thread
 * </pre>
 *
 * <p>Nobody acts on what the journal has not taken. A journal or market that throws stops the engine: {@link #failure}
 * completes, the ring fills, the feed stops reading; nothing is lost that was acknowledged.
 */
public final class Pipeline implements AutoCloseable {

    /** For the threads to end once they were told to: enough where nothing is stuck. */
    private static final Duration LAST_WAIT = Duration.ofMillis(500);

    private final Disruptor<MarketEvent> disruptor;
    private final Ring ring;
    private final IntakeGate gate;
    private final ClockTicker ticker;
    private final Handlers handlers;
    private final StreamNotes notes;
    private final FeedRequests requests;
    private final Market market;
    private final LocalClock clock;
    private final ErrorLog errors;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Inquiry inquiry = new Inquiry();
    private final HandlerThreads threads = new HandlerThreads();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    /** Set before the threads start. */
    private Snapshots snapshots;

    /** Builds the wiring; nothing runs before {@link #start}. */
    public Pipeline(
            PipelineConfig config,
            LocalClock clock,
            RecordLog journal,
            StrategyHost strategies,
            EmittedBarSink barLog,
            Counters counters,
            ErrorLog errors) {
        this.clock = clock;
        this.errors = errors;
        GapAnnotations gaps = new GapAnnotations(counters);
        market = new Market(strategies, gaps, barLog, TickSink.NONE, counters);
        handlers = new Handlers(journal, gaps, market);
        disruptor = switch (config.profile()) {
            case SMALL -> small(config);
            case PINNED -> pinned(config);
        };
        disruptor.setDefaultExceptionHandler(new StopEngine());
        ring = new Ring(disruptor.getRingBuffer(), new LargeBuffers(config.poolBytes()));
        ring.observe(counters);
        notes = new StreamNotes(counters);
        requests = new FeedRequests(() -> ring.used() > disruptor.getBufferSize() / 2);
        market.steer(requests, notes);
        gate = new IntakeGate(ring);
        ticker = new ClockTicker(config, clock, gate, ring::cursor, errors, counters);
    }

    /** One thread, waiting parked. */
    private Disruptor<MarketEvent> small(PipelineConfig config) {
        Disruptor<MarketEvent> one = new Disruptor<>(
                () -> new MarketEvent(config.inlineBytes()),
                slots(config),
                work -> threads.make("md-market", work),
                ProducerType.MULTI,
                new ParkingWaitStrategy());
        one.handleEventsWith((event, slot, endOfBatch) -> {
            handlers.onJournal(event);
            onMarket(event);
        });
        return one;
    }

    /** One thread each, spinning, bound to cores: {@code pipeline.cores} = feed, journaller, market. */
    private Disruptor<MarketEvent> pinned(PipelineConfig config) {
        int[] next = {1};
        ThreadFactory factory = work -> {
            int index = next[0]++;
            int core = config.cores().get(index);
            return threads.make(index == 1 ? "md-journal" : "md-market", () -> runPinned(core, work));
        };
        Disruptor<MarketEvent> two = new Disruptor<>(
                () -> new MarketEvent(config.inlineBytes()),
                slots(config),
                factory,
                ProducerType.MULTI,
                new BusySpinWaitStrategy());
        two.handleEventsWith((event, slot, endOfBatch) -> handlers.onJournal(event))
                .then((event, slot, endOfBatch) -> onMarket(event));
        return two;
    }

    private void runPinned(int core, Runnable work) {
        try {
            CorePin.pinTo(core);
        } catch (IllegalStateException refused) {
            fail(refused);
            return;
        }
        work.run();
    }

    private void onMarket(MarketEvent event) {
        boolean canBeKept = handlers.onMarket(event);
        requests.passOn();
        if (event.kind() == RecordKind.FRAME) {
            latency.record(clock.nowNs() - event.receiveNs());
        } else if (canBeKept) {
            snapshots.onClock(market);
        }
        ring.release(event);
        inquiry.answer(market);
    }

    /**
     * Takes up where a recovered market stands, before {@link #start}: what follows is told as a replay would tell it.
     *
     * @param unwritten gaps that the recovered market derived and the journal does not hold: they are written now
     */
    public void resume(Market recovered, Collection<GapMatch.Derived> unwritten) {
        handlers.resume(recovered, unwritten);
    }

    /** Starts the handlers; the caller then publishes the session header before anything else. */
    public void start(Snapshots takesSnapshots) {
        snapshots = takesSnapshots;
        disruptor.start();
    }

    /** Starts the clock records, after the session header. */
    public void startClock() {
        ticker.start(snapshots.interval(), notes::log);
    }

    /** Stops the clock records, before the record that ends the session. */
    public void stopClock() {
        ticker.close();
    }

    /** Who resubscribes streams and replaces connections that the market finds mute. Any thread. */
    public void actThrough(FeedControl feed) {
        requests.to(feed);
    }

    /** How the subscriptions stand. Any thread. */
    public FreshnessReport freshness() {
        return market.freshness();
    }

    /** Candles that would tell more of gaps and can be asked for now. Any thread. */
    public List<CandleRead> candlesDue() {
        return market.candlesDue();
    }

    /** Where everything enters from outside; takes nothing while the intake is stopped. */
    public EventSink sink() {
        return gate;
    }

    /** Where the engine's own records enter: sessions and what happened to the intake. */
    public EventSink ownRecords() {
        return ring;
    }

    /** Closes the door of the sources: as if the ring were full. Any thread. */
    public void stopIntake() {
        gate.close();
    }

    /** Opens it again. Any thread. */
    public void resumeIntake() {
        gate.open();
    }

    /** Receive time to the end of the strategies' callbacks, of frames. */
    public LatencyHistogram latency() {
        return latency;
    }

    /** By name: how long after the first the copy of a trade or book came, where two connections carry a stream. */
    public Map<String, LatencyHistogram> arrivals() {
        return market.arrivals().differences();
    }

    /** How far the market has come, between two records; completes with the next one, a clock record if nothing else. */
    public CompletableFuture<MarketPosition> position() {
        return inquiry.ask();
    }

    /** Completes when the journal, the market or a source failed: the engine must stop. */
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    /** A part cannot go on, and the engine not without it. Any thread; the first failure counts. */
    public void fail(String where, Throwable thrown) {
        errors.record(where, thrown);
        failure.complete(thrown);
    }

    /**
     * Waits until everything that entered has been handled, then stops the threads, writes the last annotations and a last
     * snapshot. The sources must be stopped before.
     *
     * @throws IllegalStateException when the deadline passed, naming the thread that is stuck and where
     */
    public void drain(Duration deadline) {
        ticker.close();
        long endNs = System.nanoTime() + deadline.toNanos();
        boolean failed = failure.isDone();
        boolean drained = !failed && handleAll(deadline);
        disruptor.halt();
        // Whoever closes the journal next must not find a thread in it.
        threads.join(Duration.ofNanos(Math.max(endNs - System.nanoTime(), LAST_WAIT.toNanos())));
        if (drained) {
            handlers.writeGaps();
            notes.log();
            snapshots.stop(market);
        } else if (!failed) {
            throw new IllegalStateException(ring.used() + " events in the ring were not handled within " + deadline);
        }
    }

    private boolean handleAll(Duration deadline) {
        try {
            disruptor.shutdown(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException ignored) {
            // Without a word of its own; the caller finds out which thread it was.
            return false;
        }
    }

    @Override
    public void close() {
        ticker.close();
        disruptor.halt();
    }

    private void fail(Throwable thrown) {
        if (thrown instanceof InternalError) {
            // A fault in the mapped journal: the disk is full or gone. Closing would only touch more of it; what was
            // acknowledged is in the file, and the next start finds it.
            System.err.println("millrace: the disk under the journal failed (" + thrown.getMessage()
                    + "); stopped at once, what was recorded is safe: make room and start again");
            Runtime.getRuntime().halt(1);
        }
        fail("pipeline", thrown);
    }

    private static int slots(PipelineConfig config) {
        return Integer.highestOneBit((int) Math.min(config.ringBytes() / config.inlineBytes(), 1 << 24));
    }

    /** An exception here is a bug or a dead disk: the handler's thread ends, so that nothing acts on a hole. */
    private final class StopEngine implements ExceptionHandler<MarketEvent> {

        @Override
        public void handleEventException(Throwable thrown, long slot, MarketEvent event) {
            fail(thrown);
            throw new IllegalStateException("stopped at record " + event.sequence(), thrown);
        }

        @Override
        public void handleOnStartException(Throwable thrown) {
            fail(thrown);
        }

        @Override
        public void handleOnShutdownException(Throwable thrown) {
            fail(thrown);
        }
    }
}
