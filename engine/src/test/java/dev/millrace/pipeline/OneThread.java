package dev.millrace.pipeline;

import dev.millrace.config.PipelineConfig;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.EventSink;
import dev.millrace.market.FeedControl;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordLog;
import dev.millrace.market.StateSource;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.strategy.StrategyHost;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.function.Consumer;

/** The handlers of capture on one thread, behind a ring that is a queue: what it holds waits until it is drained. */
public final class OneThread implements EventSink {

    private final ArrayDeque<MarketEvent> ring = new ArrayDeque<>();
    private final int slots;
    private final Handlers handlers;
    private final FeedRequests requests;
    private final ClockTicker ticker;
    private final Consumer<StateSource> snapshots;
    private long entered;

    /** @param snapshots told whenever one may be taken */
    public OneThread(
            PipelineConfig config,
            int slots,
            LocalClock clock,
            RecordLog journal,
            StrategyHost strategies,
            EmittedBarSink bars,
            Consumer<StateSource> snapshots,
            Counters counters,
            ErrorLog errors) {
        this.slots = slots;
        this.snapshots = snapshots;
        GapAnnotations gaps = new GapAnnotations(counters);
        Market market = new Market(strategies, gaps, bars, TickSink.NONE, counters);
        handlers = new Handlers(journal, gaps, market);
        requests = new FeedRequests(() -> ring.size() > slots / 2);
        market.steer(requests, note -> {});
        ticker = new ClockTicker(config, clock, this, () -> entered, errors, counters);
    }

    public void resume(Market recovered, Collection<GapMatch.Derived> unwritten) {
        handlers.resume(recovered, unwritten);
    }

    public void actThrough(FeedControl feed) {
        requests.to(feed);
    }

    public Market market() {
        return handlers.market;
    }

    /** One turn of the clock's thread. */
    public void tick() {
        ticker.tick();
    }

    @Override
    public MarketEvent tryClaim(int length) {
        return ring.size() < slots ? new MarketEvent(length) : null;
    }

    @Override
    public void publish(MarketEvent event) {
        ring.add(event);
        entered++;
    }

    /** Handles at most so many of those that wait. */
    public void drain(int most) {
        for (int i = 0; i < most && !ring.isEmpty(); i++) {
            MarketEvent event = ring.poll();
            handlers.onJournal(event);
            boolean canBeKept = handlers.onMarket(event);
            requests.passOn();
            if (canBeKept) {
                snapshots.accept(handlers.market);
            }
        }
    }

    /** Everything that entered, and the last annotations. */
    public void finish() {
        drain(Integer.MAX_VALUE);
        handlers.writeGaps();
    }
}
