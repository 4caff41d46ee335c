package dev.millrace.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import dev.millrace.config.PipelineConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.metrics.LatencyHistogram;
import dev.millrace.state.Snapshots;
import dev.millrace.strategy.StrategyHost;
import dev.millrace.thread.CorePin;
import java.time.Duration;
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

    private final Disruptor<MarketEvent> disruptor;
    private final Ring ring;
    private final ClockTicker ticker;
    private final GapAnnotations gaps;
    private final JournalWriter journal;
    private final Market market;
    private final LocalClock clock;
    private final ErrorLog errors;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    /** Set before the threads start. */
    private Snapshots snapshots;

    /** Builds the wiring; nothing runs before {@link #start}. */
    public Pipeline(
            PipelineConfig config,
            LocalClock clock,
            JournalWriter journal,
            StrategyHost strategies,
            Counters counters,
            ErrorLog errors) {
        this.clock = clock;
        this.errors = errors;
        this.journal = journal;
        gaps = new GapAnnotations(counters);
        market = new Market(strategies, gaps, counters);
        disruptor = switch (config.profile()) {
            case SMALL -> small(config);
            case PINNED -> pinned(config);
        };
        disruptor.setDefaultExceptionHandler(new StopEngine());
        ring = new Ring(disruptor.getRingBuffer(), new LargeBuffers(config.poolBytes()));
        ticker = new ClockTicker(config, clock, ring, ring::cursor, errors);
    }

    /** One thread, waiting parked. */
    private Disruptor<MarketEvent> small(PipelineConfig config) {
        Disruptor<MarketEvent> one = new Disruptor<>(
                () -> new MarketEvent(config.inlineBytes()),
                slots(config),
                named("md-market"),
                ProducerType.MULTI,
                new ParkingWaitStrategy());
        one.handleEventsWith((event, slot, endOfBatch) -> {
            onJournal(event);
            onMarket(event);
        });
        return one;
    }

    /** One thread each, spinning, bound to cores: {@code pipeline.cores} = feed, journaller, market. */
    private Disruptor<MarketEvent> pinned(PipelineConfig config) {
        int[] next = {1};
        ThreadFactory threads = work -> {
            int index = next[0]++;
            int core = config.cores().get(index);
            return daemon(index == 1 ? "md-journal" : "md-market", () -> runPinned(core, work));
        };
        Disruptor<MarketEvent> two = new Disruptor<>(
                () -> new MarketEvent(config.inlineBytes()),
                slots(config),
                threads,
                ProducerType.MULTI,
                new BusySpinWaitStrategy());
        two.handleEventsWith((event, slot, endOfBatch) -> onJournal(event))
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

    private void onJournal(MarketEvent event) {
        gaps.writeTo(journal);
        journal.append(event);
    }

    private void onMarket(MarketEvent event) {
        market.onEvent(event);
        if (event.kind() == RecordKind.FRAME) {
            latency.record(clock.nowNs() - event.receiveNs());
        } else if (event.kind() == RecordKind.CLOCK) {
            snapshots.onClock(market);
        }
        ring.release(event);
    }

    /** Takes up where a recovered market stands, before {@link #start}: what follows is told as a replay would tell it. */
    public void resume(Market recovered) {
        if (recovered.isBegun()) {
            StateWriter state = new StateWriter();
            recovered.writeTo(state);
            StateReader in = new StateReader(state.bytes(), state.length());
            market.readFrom(in, recovered.sequence(), recovered.receiveNs());
        }
    }

    /** Starts the handlers; the caller then publishes the session header before anything else. */
    public void start(Snapshots takesSnapshots) {
        snapshots = takesSnapshots;
        disruptor.start();
    }

    /** Starts the clock records, after the session header. */
    public void startClock() {
        ticker.start(snapshots.interval());
    }

    /** Stops the clock records, before the record that ends the session. */
    public void stopClock() {
        ticker.close();
    }

    /** Where everything enters. */
    public EventSink sink() {
        return ring;
    }

    /** Receive time to the end of the strategies' callbacks, of frames. */
    public LatencyHistogram latency() {
        return latency;
    }

    /** Completes when the journal or the market failed: the engine must stop. */
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    /** Free slots of the ring. */
    public long remainingSlots() {
        return ring.remaining();
    }

    /**
     * Waits until everything that entered has been handled, then stops the threads, writes the last annotations and a last
     * snapshot. The sources must be stopped before.
     *
     * @throws TimeoutException when the deadline passed; the threads are stopped all the same
     */
    public void drain(Duration deadline) throws TimeoutException {
        ticker.close();
        if (failure.isDone()) {
            disruptor.halt();
            return;
        }
        try {
            disruptor.shutdown(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            disruptor.halt();
            throw e;
        }
        gaps.writeTo(journal);
        snapshots.stop(market);
    }

    @Override
    public void close() {
        ticker.close();
        disruptor.halt();
    }

    private void fail(Throwable thrown) {
        errors.record("pipeline", thrown);
        failure.complete(thrown);
    }

    private static int slots(PipelineConfig config) {
        return Integer.highestOneBit((int) Math.min(config.ringBytes() / config.inlineBytes(), 1 << 24));
    }

    private static ThreadFactory named(String name) {
        return work -> daemon(name, work);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
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
