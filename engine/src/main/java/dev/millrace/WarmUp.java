package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Market;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.MarketStep;
import dev.millrace.simulator.SimulatedMarket;
import dev.millrace.strategy.StrategyHost;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets the JVM compile the market before the first real frame: markets of their own, which are thrown away, take a stream that
 * is made up. Nothing of it is kept, told or counted. Without it the first seconds of a burst are spent compiling.
 */
final class WarmUp {

    /** Long enough that a pass is not all first sights, short enough that it is made in a moment. */
    private static final int FRAMES = 4_000;

    private static final long START_MS = 1_756_904_000_000L;
    private static final int CONNECTION = 1;

    private final List<MarketEvent> records = new ArrayList<>();
    private final Counters unseen = new Counters();

    private WarmUp(EngineConfig config) {
        SimulatedMarket market = new SimulatedMarket(MarketModel.of(1, START_MS));
        add(RecordKind.SESSION, Source.ENGINE, START_MS, header(config).toPayload());
        add(RecordKind.LIFECYCLE, Source.HYPERLIQUID_WS, START_MS, Lifecycle.CONNECTED.payload(""));
        while (records.size() < FRAMES) {
            step(market);
        }
    }

    /** Takes this long, give or take a pass; returns at once for 0. */
    static void run(Duration duration, EngineConfig config) {
        if (duration.isZero()) {
            return;
        }
        long endNs = System.nanoTime() + duration.toNanos();
        WarmUp stream = new WarmUp(config);
        while (System.nanoTime() < endNs) {
            stream.pass();
        }
    }

    private void pass() {
        StrategyHost nobody = new StrategyHost(List::of, unseen, new ErrorLog(Clock.systemUTC()));
        Market market = new Market(nobody, (gap, receiveNs) -> {}, unseen);
        records.forEach(market::onEvent);
    }

    private void step(SimulatedMarket market) {
        MarketStep step = market.next();
        long timeMs = step.timeMs();
        if (step.kind() == MarketStep.Kind.MIDS) {
            frame(market, Subscription.allMids(""), timeMs);
            return;
        }
        for (String coin : step.coin().isEmpty() ? coins(market) : List.of(step.coin())) {
            frame(market, Subscription.trades(coin), timeMs);
            frame(market, Subscription.book(coin, false), timeMs);
            frame(market, Subscription.book(coin, true), timeMs);
            frame(market, Subscription.bbo(coin), timeMs);
        }
    }

    private static List<String> coins(SimulatedMarket market) {
        return market.model().coins().stream().map(coin -> coin.name()).toList();
    }

    private void frame(SimulatedMarket market, Subscription subscription, long timeMs) {
        market.frame(subscription).ifPresent(frame -> add(RecordKind.FRAME, Source.HYPERLIQUID_WS, timeMs, frame));
    }

    private void add(RecordKind kind, int stream, long timeMs, byte[] payload) {
        MarketEvent record = new MarketEvent(payload.length);
        System.arraycopy(payload, 0, record.bytes(), 0, payload.length);
        int connection = stream == Source.ENGINE ? 0 : CONNECTION;
        record.set(kind, Source.of(stream, connection, 0), TimeUnit.MILLISECONDS.toNanos(timeMs), payload.length);
        record.sequence(records.size() + 1L);
        records.add(record);
    }

    private static SessionHeader header(EngineConfig config) {
        return new SessionHeader(
                "warm-up",
                Market.SEMANTICS_VERSION,
                StartReason.CLEAN,
                config.hyperliquid().environment(),
                "unknown",
                "all",
                "all",
                config.results());
    }
}
