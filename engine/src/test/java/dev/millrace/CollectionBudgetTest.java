package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.discovery.Collection;
import dev.millrace.discovery.CollectionPorts;
import dev.millrace.discovery.CollectionResult;
import dev.millrace.discovery.CollectionWatch;
import dev.millrace.discovery.Page;
import dev.millrace.discovery.PageException;
import dev.millrace.discovery.Received;
import dev.millrace.discovery.Series;
import dev.millrace.discovery.Stretch;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.CandleRead;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.rest.Budget;
import dev.millrace.rest.InfoClient;
import dev.millrace.rest.VenueInfo;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.Limits;
import dev.millrace.simulator.LoggedRequest;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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

    /** A collection waits for the budget; a gap wants a candle meanwhile. Time passes only while both wait. */
    @Test
    @SuppressWarnings("WaitNotInLoop") // the budget looks again
    void shouldRepairFirstWhereACollectionHasSpentTheBudget() throws Exception {
        List<SimulatedCoin> coins = IntStream.range(0, 9)
                .mapToObj(i -> SimulatedCoin.named("C" + i))
                .toList();
        List<SimulatedCoin> collected = coins.subList(0, 8);
        long startMs = 1_790_233_230_000L;
        Conduct strict = Conduct.good().withLimits(Limits.parse("weight=100")).withClock(nowNs::get);
        SimulatorConfig simulated =
                SimulatorConfig.of(MarketModel.of(2, startMs).withCoins(coins)).withConduct(strict);
        try (Simulator venue = Simulator.start(simulated)) {
            Budget budget = new Budget(100, MINUTE, nowNs::get, (monitor, ms) -> monitor.wait(), new Counters());
            InfoClient client = client(venue, budget);
            AtomicReference<CollectionResult> result = new AtomicReference<>();
            // Ten seconds a page: what was spent is free again a page at a time, enough for one of both.
            CollectionWatch tenSeconds = (done, of, left) -> nowNs.addAndGet(TimeUnit.SECONDS.toNanos(10));
            Thread collecting = started(() -> result.set(collect(client, collected, tenSeconds)));
            Waiting.until("the collection in line", () -> collecting.getState() == Thread.State.WAITING);
            int before = venue.requests().size();
            assertTrue(before < 2 * collected.size(), "the budget is spent before it is done");
            CandleRead wanted = new CandleRead("C8", CandleInterval.ONE_MINUTE, startMs - 600_000, startMs - 300_000);
            ErrorLog errors = new ErrorLog(Clock.systemUTC());
            RepairReads repairs = new RepairReads(
                    () -> List.of(wanted), new VenueInfo(client, CandleReads.priority()), () -> 1, errors);
            AtomicInteger answered = new AtomicInteger();
            Thread repairing = started(() -> answered.set(repairs.work()));
            pass(budget, repairing, collecting);
            assertEquals(1, answered.get(), errors.entries()::toString);
            assertEquals("C8", venue.requests().get(before).coin(), "before any page of the collection");
            pass(budget, collecting);
            assertEquals(List.of(), result.get().failures());
            assertEquals(2L * collected.size() * BARS, result.get().received());
            assertTrue(venue.requests().stream().noneMatch(request -> request.status() == 429));
        }
    }

    /** A thread's work. */
    private interface Work {
        void run() throws Exception;
    }

    private static Thread started(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Second by second, while all that live stand in line, until the first is done. */
    private void pass(Budget budget, Thread... threads) {
        Waiting.until("the first of " + threads.length, () -> {
            boolean allWait = Arrays.stream(threads)
                    .allMatch(thread -> !thread.isAlive() || thread.getState() == Thread.State.WAITING);
            if (allWait) {
                nowNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
                budget.pause(Duration.ZERO); // wakes them
            }
            return !threads[0].isAlive();
        });
    }

    private CollectionResult collect(Simulator venue, List<SimulatedCoin> coins) throws Exception {
        Budget budget = new Budget(
                Budget.VENUE_WEIGHT - 120,
                MINUTE,
                nowNs::get,
                (monitor, ms) -> nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms)),
                new Counters());
        return collect(client(venue, budget), coins, (done, of, left) -> {});
    }

    private InfoClient client(Simulator venue, Budget budget) {
        EngineConfig config = Daemon.config(
                folder,
                URI.create("ws://127.0.0.1:1/ws"),
                venue.restUrl(),
                "rest.min-pause=1 ms",
                "rest.max-pause=5 ms");
        return new InfoClient(config.hyperliquid(), config.rest(), budget, NOWHERE, () -> 1, new Counters());
    }

    private static CollectionResult collect(InfoClient client, List<SimulatedCoin> coins, CollectionWatch watch)
            throws Exception {
        VenueHistory history =
                new VenueHistory(client, new StoredHistory(() -> 0, () -> 0, Optional::empty, Optional::empty));
        List<Series> series = new ArrayList<>();
        for (SimulatedCoin coin : coins) {
            series.add(Series.candles(coin.name(), CandleInterval.ONE_HOUR));
            series.add(Series.candles(coin.name(), CandleInterval.QUARTER_HOUR));
        }
        return new Collection(new NothingStored(history), watch).run(series, BARS);
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
