package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.discovery.Collection;
import dev.millrace.discovery.CollectionPorts;
import dev.millrace.discovery.CollectionResult;
import dev.millrace.discovery.Page;
import dev.millrace.discovery.PageException;
import dev.millrace.discovery.Received;
import dev.millrace.discovery.Series;
import dev.millrace.discovery.Stretch;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.rest.Budget;
import dev.millrace.rest.InfoClient;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.Limits;
import dev.millrace.simulator.LoggedRequest;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred coins, in a time that passes only while somebody waits for the budget: the server's own log shows that no
 * minute held more than the venue allows.
 */
class CollectionBudgetTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int COINS = 200;
    private static final int BARS = 100;

    @TempDir
    Path folder;

    private final AtomicLong nowNs = new AtomicLong();

    /** Takes what is journaled nowhere. */
    private static final EventSink NOWHERE = new EventSink() {
        @Override
        public MarketEvent tryClaim(int length) {
            return new MarketEvent(length);
        }

        @Override
        public void publish(MarketEvent event) {}
    };

    @Test
    void shouldNeverExceedTheBudgetInAnyWindow() throws Exception {
        List<SimulatedCoin> coins = IntStream.range(0, COINS)
                .mapToObj(i -> SimulatedCoin.named("C" + i))
                .toList();
        Conduct strict = Conduct.good()
                .withLimits(Limits.venue())
                .with("rest-500:type=candleSnapshot,coin=C7@0x2")
                .with("rest-text:status=503,type=candleSnapshot,coin=C50")
                .withClock(nowNs::get);
        SimulatorConfig simulated = SimulatorConfig.of(
                        MarketModel.of(2, 1_790_233_230_000L).withCoins(coins))
                .withConduct(strict);
        try (Simulator venue = Simulator.start(simulated)) {
            CollectionResult result = collect(venue, coins);
            assertEquals(List.of(), result.failures());
            assertEquals(2 * COINS * BARS, result.received());
            assertWithinBudget(venue.requests());
        }
    }

    private CollectionResult collect(Simulator venue, List<SimulatedCoin> coins) throws Exception {
        EngineConfig config = Daemon.config(
                folder,
                URI.create("ws://127.0.0.1:1/ws"),
                venue.restUrl(),
                "rest.min-pause=1 ms",
                "rest.max-pause=5 ms");
        Counters counters = new Counters();
        Budget budget = new Budget(
                Budget.VENUE_WEIGHT - config.rest().headroom(),
                MINUTE,
                nowNs::get,
                (monitor, ms) -> nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms)),
                counters);
        InfoClient client = new InfoClient(config.hyperliquid(), config.rest(), budget, NOWHERE, () -> 1, counters);
        VenueHistory history =
                new VenueHistory(client, new StoredHistory(() -> 0, () -> 0, Optional::empty, Optional::empty));
        List<Series> series = new ArrayList<>();
        for (SimulatedCoin coin : coins) {
            series.add(Series.candles(coin.name(), CandleInterval.ONE_HOUR));
            series.add(Series.candles(coin.name(), CandleInterval.QUARTER_HOUR));
        }
        return new Collection(new NothingStored(history), (done, of, left) -> {}).run(series, BARS);
    }

    private record NothingStored(CollectionPorts venue) implements CollectionPorts {

        @Override
        public long venueMs() throws PageException, InterruptedException {
            return venue.venueMs();
        }

        @Override
        public Received fetch(Page page) throws PageException, InterruptedException {
            return venue.fetch(page);
        }

        @Override
        public Map<Series, List<Stretch>> stored() {
            return Map.of();
        }

        @Override
        public Duration timeFor(java.util.Collection<Page> pages) {
            return venue.timeFor(pages);
        }
    }

    private static void assertWithinBudget(List<LoggedRequest> requests) {
        long spent = 0;
        int first = 0;
        long most = 0;
        for (LoggedRequest request : requests) {
            assertTrue(request.status() != 429, "the server had to refuse");
            spent += request.weight();
            while (request.timeNs() - requests.get(first).timeNs() >= MINUTE.toNanos()) {
                spent -= requests.get(first++).weight();
            }
            most = Math.max(most, spent);
        }
        long highest = most;
        assertTrue(highest <= Budget.VENUE_WEIGHT, () -> "a window held " + highest);
        assertTrue(highest > Budget.VENUE_WEIGHT / 2, () -> "the budget was never felt: " + highest);
    }
}
