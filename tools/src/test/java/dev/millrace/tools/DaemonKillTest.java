package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Engine;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.market.Bar;
import dev.millrace.market.Decimals;
import dev.millrace.market.Gap;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random times and at each {@link KillPoint}: the daemon goes on as if it had only paused. Its bars are those
 * of a daemon beside it that is never killed, apart from the gaps that it recorded. A failure names the chain, which is
 * its seed, and the kill.
 */
@Timeout(1500)
class DaemonKillTest {

    private static final long MIDNIGHT_MS = 1_790_294_400_000L;
    /** One process's start leaves a core to another's. */
    private static final int CHAINS_AT_ONCE = 2;

    private static final Map<KillPoint, Integer> COUNTS = Collections.synchronizedMap(new EnumMap<>(KillPoint.class));

    @TempDir
    Path dir;

    @Test
    @Tag("stress")
    @Tag("stress-kill")
    void shouldGoOnAfterAKillAtEachPoint() throws Exception {
        kill(1, 2, 1, 2);
    }

    @Test
    @Tag("stress")
    @Tag("stress-kill")
    void shouldGoOnAfterHundredsOfKills() throws Exception {
        kill(100, 24, 14, 4);
    }

    @AfterAll
    static void printCounts() {
        StringBuilder table = new StringBuilder();
        COUNTS.forEach((point, count) -> table.append(String.format("%n%6d  %s", count, point.label())));
        int all = COUNTS.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("killed %d times:%s%n", all, table);
    }

    /** @param rounds how often each point comes in all chains together */
    private void kill(long seed, int chains, int rounds, int randomEach) throws Exception {
        List<List<KillPoint>> plans = plans(seed, chains, rounds, randomEach);
        MarketModel market =
                MarketModel.of(seed, MIDNIGHT_MS - 8_000).withCoins(coins()).withCadence(Cadence.lively());
        LastBars uninterrupted = new LastBars();
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(market));
                Engine twin = Engine.launch(twinConfig(exchange), List.of(uninterrupted))) {
            uninterrupted.awaitClock(market.startMs() + 1);
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                long chainSeed = seed + i;
                List<KillPoint> plan = plans.get(i);
                boolean deletes = plan.contains(KillPoint.DELETED);
                KillChain chain = new KillChain(
                        dir.resolve("chain-" + chainSeed), exchange, deletes, chainSeed, DaemonKillTest::count);
                all.add(() -> {
                    Wreckage left = chain.run(plan);
                    if (!deletes) {
                        assertBarsOf(uninterrupted, left);
                    }
                    return null;
                });
            }
            inTurn(all);
            assertTrue(twin.health().warnings().isEmpty(), () -> twin.health().toString());
        }
    }

    private static void inTurn(List<Callable<Void>> chains) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CHAINS_AT_ONCE);
        try {
            AssertionError failed = new AssertionError("chains failed, see the suppressed");
            for (Future<Void> chain : threads.invokeAll(chains)) {
                try {
                    chain.get();
                } catch (ExecutionException e) {
                    failed.addSuppressed(e.getCause());
                }
            }
            if (failed.getSuppressed().length > 0) {
                throw failed;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void count(KillPoint point) {
        COUNTS.merge(point, 1, Integer::sum);
    }

    /** Deals the points to the chains; the last chain deletes what it may. */
    private static List<List<KillPoint>> plans(long seed, int chains, int rounds, int randomEach) {
        List<KillPoint> kept = new ArrayList<>();
        List<KillPoint> deleting = new ArrayList<>();
        for (KillPoint point : KillPoint.values()) {
            if (point != KillPoint.RANDOM_TIME) {
                (point.phase() == KillPhase.DELETION ? deleting : kept).addAll(Collections.nCopies(rounds, point));
            }
        }
        kept.addAll(Collections.nCopies(randomEach * chains, KillPoint.RANDOM_TIME));
        deleting.addAll(Collections.nCopies(randomEach, KillPoint.RANDOM_TIME));
        Collections.shuffle(kept, new Random(seed));
        Collections.shuffle(deleting, new Random(seed));
        List<List<KillPoint>> plans = new ArrayList<>();
        for (int i = 0; i < chains; i++) {
            plans.add(kept.subList(kept.size() * i / chains, kept.size() * (i + 1) / chains));
        }
        plans.add(deleting);
        return plans;
    }

    /** Of the first, far more trades come in a pause than a snapshot brings back; of the last none is ever missed. */
    private static List<SimulatedCoin> coins() {
        return List.of(
                new SimulatedCoin("BTC", 5, 84_143 * Decimals.ONE, 8),
                new SimulatedCoin("ETH", 4, 2_931 * Decimals.ONE, 300),
                new SimulatedCoin("SOL", 2, 128 * Decimals.ONE, 1_500));
    }

    private EngineConfig twinConfig(Simulator exchange) {
        List<String> settings = new ArrayList<>(Arrays.asList(KillSettings.ALL));
        settings.add("data.dir=" + dir.resolve("twin"));
        settings.add("hyperliquid.ws-url=" + exchange.wsUrl());
        settings.add("hyperliquid.rest-url=" + exchange.restUrl());
        return new ConfigLoader(Map.of(), 2).load(List.of(), settings).engine();
    }

    private static void assertBarsOf(LastBars uninterrupted, Wreckage left) throws InterruptedException {
        uninterrupted.awaitClock(left.bars().clockMs() + 1_000);
        Map<String, Bar> expected = uninterrupted.bars();
        Map<String, Long> since = new HashMap<>();
        Map<String, Bar> actual = left.bars().bars();
        int complete = 0;
        for (Map.Entry<String, Bar> entry : actual.entrySet()) {
            Bar bar = entry.getValue();
            if (bar.complete) {
                complete++;
                since.merge(bar.symbolName, bar.startMs, Math::min);
                Bar twin = expected.get(entry.getKey());
                assertEquals(twin == null ? "no bar" : LastBars.facts(twin), LastBars.facts(bar));
            }
        }
        assertTrue(complete > 20, "complete bars: " + complete + " of " + actual.size());
        actual.values().stream()
                .filter(bar -> !bar.complete && bar.startMs >= since.getOrDefault(bar.symbolName, Long.MAX_VALUE))
                .forEach(bar -> assertTrue(
                        left.gaps().stream().anyMatch(gap -> isIn(gap, bar)), () -> "no gap explains " + bar));
    }

    private static boolean isIn(Gap gap, Bar bar) {
        return gap.symbol().equals(bar.symbolName) && gap.fromMs() < bar.endMs() && gap.toMs() > bar.startMs;
    }
}
