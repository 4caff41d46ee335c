package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Engine;
import dev.millrace.Waiting;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code universe}, of a daemon that decides at once. */
class UniverseCommandTest {

    private static final long START_MS = 1_790_294_400_000L;

    @TempDir
    Path folder;

    @Test
    void shouldShowAndExplainADecision() throws Exception {
        MarketModel market = MarketModel.of(5, START_MS);
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(market));
                Engine engine = Engine.launch(config(exchange), List.of())) {
            Waiting.until("a decision", () -> run("universe", "--all").out().contains("BTC"), engine::health);
        }
        CommandRun all = run("universe", "--all", "--format", "csv");
        assertTrue(all.out().startsWith("rank,symbol,score,liquidity,volatility,volume_usd,"), all.out());
        CommandRun explained = run("universe", "--explain", "BTC");
        assertEquals(0, explained.code(), explained.err());
        for (String part : List.of("max_leverage", "spread_bp", "depth_at_least", "reason", "decision", "eligible")) {
            assertTrue(explained.out().contains(part), explained.out());
        }
        assertEquals(
                "",
                run("universe", "--at", "2020-01-01", "--format", "csv", "--all")
                        .out()
                        .replaceAll("rank.*\\R", ""));
        assertTrue(
                run("universe").err().startsWith("no members; "),
                run("universe").err());
        assertTrue(run("universe", "--explain", "NONE").err().startsWith("no decision knows NONE"));
    }

    private EngineConfig config(Simulator exchange) throws Exception {
        List<String> settings = List.of(
                "data.dir=" + folder,
                "hyperliquid.ws-url=" + exchange.wsUrl(),
                "hyperliquid.rest-url=" + exchange.restUrl(),
                "feed.coins=BTC",
                "store.flush-interval=20 ms",
                "universe.enabled=true",
                "universe.decide-at=0 s",
                "universe.sample-interval=1 ms",
                "universe.gates.samples=1",
                "universe.gates.min-samples=1",
                "universe.gates.min-sample-span=0 s",
                "ops.port=0");
        Files.writeString(folder.resolve("own.conf"), "data.dir = \"" + folder + "\"\n");
        return new ConfigLoader(Map.of(), 2).load(List.of(), settings).engine();
    }

    private CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", folder.resolve("own.conf").toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
