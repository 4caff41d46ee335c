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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sentiment}, of a daemon that runs, of what it leaves, and of the source. */
class SentimentCommandTest {

    /** 2026-09-25: a day that is over, so what is shown of it is stale. */
    private static final long START_MS = 1_790_294_400_000L;

    @TempDir
    Path folder;

    private String source = "http://127.0.0.1:1";

    @Test
    void shouldShowTheSameOfADaemonItsTablesAndItsJournal() throws Exception {
        String today;
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(MarketModel.of(5, START_MS)))) {
            source = exchange.restUrl().toString();
            try (Engine engine = Engine.launch(config(exchange), List.of())) {
                awaitDays(3_000);
                today = shown(run("--refresh"));
                assertEquals(today, shown(run()));
                assertTrue(engine.health().problems().isEmpty());
            }
            CommandRun asked = run("--refresh");
            assertEquals(today, shown(asked));
            assertTrue(asked.err().contains("shown, not recorded"), asked.err());
        }
        assertEquals(today, shown(run()));
        CommandRun failing = run("--refresh");
        assertEquals(
                today.lines().limit(8).toList(), shown(failing).lines().limit(8).toList(), "kept");
        assertTrue(failing.out().contains("STALE         the source fails: http://127.0.0.1:"), failing.out());
        Files.delete(folder.resolve("data/millrace.duckdb"));
        assertEquals(today, shown(run()));
    }

    @Test
    void shouldRefuseWhereNothingIsKnown() {
        CommandRun run = run();
        assertEquals(2, run.code());
        assertEquals(
                List.of("millrace sentiment: nothing is known of sentiment; ask the source by --refresh"),
                run.errLines());
        CommandRun asked = run("--refresh");
        assertEquals(1, asked.code(), "the source failed, the question was right");
        assertEquals(1, asked.errLines().size(), asked.err());
        assertTrue(asked.err().contains("nothing is known of sentiment: http://127.0.0.1:1/fng/?limit=30"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--days 0", "--days many", "now"})
    void shouldRefuseBadUsage(String line) {
        assertEquals(2, run(line.split(" ", -1)).code());
    }

    /** All but the age, within the width of a terminal. */
    private static String shown(CommandRun run) {
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("fear & greed") && run.out().contains("of 2026-09-25"), run.out());
        assertTrue(run.out().contains("█") && run.out().contains("2026-08-27 … 2026-09-25"), run.out());
        return String.join(
                "\n",
                run.out()
                        .lines()
                        .filter(line -> !line.startsWith("read ") && !line.startsWith("STALE"))
                        .peek(line -> assertTrue(line.length() <= 80, line))
                        .toList());
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of("sentiment"));
        all.addAll(List.of(args));
        all.addAll(List.of("--set", "data.dir=" + folder.resolve("data"), "--set", "sentiment.url=" + source));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private void awaitDays(int least) {
        Waiting.until("days", () -> days() >= least, this::days);
    }

    private long days() {
        CommandRun run = CommandRun.of(
                "query",
                "SELECT count(*) FROM sentiment",
                "--format",
                "csv",
                "--set",
                "data.dir=" + folder.resolve("data"));
        return run.code() == 0 ? Long.parseLong(run.out().lines().toList().get(1)) : 0;
    }

    private EngineConfig config(Simulator exchange) {
        return new ConfigLoader(Map.of(), 2)
                .load(
                        List.of(),
                        List.of(
                                "data.dir=" + folder.resolve("data"),
                                "hyperliquid.ws-url=" + exchange.wsUrl(),
                                "hyperliquid.rest-url=" + exchange.restUrl(),
                                "sentiment.url=" + exchange.restUrl(),
                                "feed.coins=BTC",
                                "feed.channels=[trades]",
                                "store.flush-interval=50 ms",
                                "ops.port=0"))
                .engine();
    }
}
