package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Engine;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.market.Bar;
import dev.millrace.market.Gap;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    private static final KillCounts COUNTS = new KillCounts();

    @TempDir
    Path dir;

    @Test
    @Tag("kill")
    void shouldGoOnAfterAKillAtEachPoint() throws Exception {
        kill(1, 1, 1, 1);
    }

    @Test
    @Tag("stress")
    @Tag("stress-kill-1")
    void shouldGoOnAfterHundredsOfKills() throws Exception {
        kill(100, 12, 6, 4);
    }

    @Test
    @Tag("stress")
    @Tag("stress-kill-2")
    void shouldGoOnAfterHundredsMore() throws Exception {
        kill(200, 12, 6, 4);
    }

    @AfterAll
    static void printCounts() {
        System.out.println(COUNTS);
    }

    /** @param rounds how often each point comes in all chains together */
    private void kill(long seed, int chains, int rounds, int randomEach) throws Exception {
        List<List<KillPoint>> plans = KillPlan.deal(seed, chains, rounds, randomEach);
        MarketModel market = MarketModel.of(seed, MIDNIGHT_MS - 8_000)
                .withCoins(KillSettings.COINS)
                .withCadence(Cadence.lively());
        LastBars uninterrupted = new LastBars();
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(market));
                Engine twin = Engine.launch(twinConfig(exchange), List.of(uninterrupted))) {
            uninterrupted.awaitClock(market.startMs() + 1);
            ArchivedClasses program = new ArchivedClasses(dir.resolve("program"));
            program.archive(
                    KillSettings.run(dir.resolve("archived"), exchange),
                    () -> uninterrupted.awaitClock(uninterrupted.clockMs() + 1_000));
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                long chainSeed = seed + i;
                List<KillPoint> plan = plans.get(i);
                boolean deletes = plan.contains(KillPoint.DELETED);
                KillChain chain = new KillChain(
                        dir.resolve("chain-" + chainSeed),
                        exchange,
                        program.using(),
                        deletes,
                        chainSeed,
                        point -> COUNTS.add(point.label()));
                all.add(() -> {
                    Wreckage left = chain.run(plan);
                    if (!deletes) {
                        assertBarsOf(uninterrupted, left);
                    }
                    return null;
                });
            }
            Chains.run(all);
            assertTrue(twin.health().warnings().isEmpty(), () -> twin.health().toString());
        }
    }

    private EngineConfig twinConfig(Simulator exchange) {
        List<String> settings = KillSettings.of(dir.resolve("twin"), exchange);
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
                .filter(bar -> bar.endMs() <= left.decidedToMs())
                .forEach(bar -> assertTrue(
                        left.gaps().stream().anyMatch(gap -> isIn(gap, bar)), () -> "no gap explains " + bar));
    }

    private static boolean isIn(Gap gap, Bar bar) {
        return gap.symbol().equals(bar.symbolName) && gap.fromMs() < bar.endMs() && gap.toMs() > bar.startMs;
    }
}
