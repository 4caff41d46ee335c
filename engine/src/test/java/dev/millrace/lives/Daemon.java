package dev.millrace.lives;

import dev.millrace.config.StartReason;
import dev.millrace.feed.ManualFeed;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateSource;
import dev.millrace.market.StateWriter;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.GapMatch;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.Market;
import dev.millrace.pipeline.OneThread;
import dev.millrace.strategy.StrategyHost;
import java.util.Arrays;
import java.util.List;

/** One run of the engine: it recovers from the journal, captures, and ends cleanly or not. */
final class Daemon {

    /** A copy of the market's state, as a file of it would hold. */
    static final class Snapshot {
        private final long sequence;
        private final long receiveNs;
        private final byte[] state;

        Snapshot(StateSource market) {
            StateWriter out = new StateWriter();
            market.writeTo(out);
            sequence = market.sequence();
            receiveNs = market.receiveNs();
            state = Arrays.copyOf(out.bytes(), out.length());
        }

        long sequence() {
            return sequence;
        }

        int length() {
            return state.length;
        }

        void readInto(Market market) {
            market.readFrom(new StateReader(state, state.length), sequence, receiveNs);
        }
    }

    private static final long SNAPSHOT_NS = 5_000_000_000L;
    private static final int SLOTS = 256;
    private static final long ENGINE = Source.of(Source.ENGINE, 0, 0);

    final Told told = new Told();
    private final Counters counters = new Counters();
    private final ErrorLog errors;
    private final LivesJournal journal;
    private final LocalClock clock;
    private final OneThread pipeline;
    private final ManualFeed feed;
    private final long fromSequence;
    private Snapshot newest;

    /** @param snapshot to start from, or null */
    Daemon(Life life, StartReason reason, Snapshot snapshot) {
        errors = new ErrorLog(life.time);
        journal = life.journal;
        clock = new LocalClock(life.time, life.time::nanoTime);
        newest = snapshot;
        fromSequence = snapshot == null ? 0 : snapshot.sequence();
        StrategyHost nobody = new StrategyHost(List::of, counters, errors);
        pipeline = new OneThread(
                life.settings.pipeline, SLOTS, clock, journal, nobody, told, this::keepAtTimes, counters, errors);
        GapMatch gaps = new GapMatch();
        Market recovered = recover(gaps);

        pipeline.resume(recovered, gaps.unwritten());
        publish(RecordKind.SESSION, ENGINE, life.settings.header(reason).toPayload());
        for (long source : recovered.openConnections()) {
            publish(RecordKind.LIFECYCLE, source, Lifecycle.LOST.payload("with its session"));
        }
        pipeline.drain(Integer.MAX_VALUE);
        feed = new ManualFeed(
                life.settings.feed,
                life.settings.asked,
                pipeline,
                clock,
                life.random.split(),
                counters,
                life.time,
                life.venue.address(),
                life::step);
        pipeline.actThrough(feed.client());
    }

    private Market recover(GapMatch gaps) {
        Counters unseen = new Counters();
        Market market = new Market(new StrategyHost(List::of, unseen, errors), gaps, told, TickSink.NONE, unseen);
        if (newest != null) {
            newest.readInto(market);
        }
        long from = newest == null ? 0 : newest.sequence();
        List<MarketEvent> records = journal.records();
        for (MarketEvent event : records.subList((int) from, records.size())) {
            market.onEvent(event);
            if (event.kind() == RecordKind.GAP) {
                gaps.onGapRecord(event);
            }
        }
        return market;
    }

    private void keepAtTimes(StateSource market) {
        if (newest == null || market.receiveNs() - newest.receiveNs >= SNAPSHOT_NS) {
            keep(market);
        }
    }

    private void keep(StateSource market) {
        newest = new Snapshot(market);
    }

    private void publish(RecordKind kind, long source, byte[] payload) {
        MarketEvent event = pipeline.tryClaim(payload.length);
        System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
        event.set(kind, source, clock.nowNs(), payload.length);
        pipeline.publish(event);
    }

    int run() {
        return feed.run();
    }

    void tick() {
        pipeline.tick();
    }

    void drain(int most) {
        pipeline.drain(most);
    }

    ManualFeed feed() {
        return feed;
    }

    Market market() {
        return pipeline.market();
    }

    Snapshot newest() {
        return newest;
    }

    /** What it told begins behind this record. */
    long fromSequence() {
        return fromSequence;
    }

    /** As on SIGTERM. */
    void stop() {
        feed.client().close();
        pipeline.finish();
        publish(RecordKind.LIFECYCLE, ENGINE, Lifecycle.STOPPING.payload(""));
        pipeline.finish();
        keep(pipeline.market());
        journal.sync();
    }

    String errors() {
        return errors.entries().toString();
    }
}
