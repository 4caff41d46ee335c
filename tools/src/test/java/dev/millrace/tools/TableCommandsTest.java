package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Engine;
import dev.millrace.Waiting;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code query}, {@code bars} and {@code snapshot}, of a daemon that runs and of what it leaves. */
class TableCommandsTest {

    private static final long SEED = 5;
    private static final long START_MS = 1_790_294_400_000L;

    @TempDir
    Path folder;

    @Test
    void shouldAnswerWhileADaemonRunsAndAfterwards() throws Exception {
        MarketModel market = MarketModel.of(SEED, START_MS).withCadence(Cadence.lively());
        Path copy = folder.resolve("copy.duckdb");
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(market));
                Engine engine = Engine.launch(config(exchange), List.of())) {
            assertFalse(engine.failure().isDone());
            await("SELECT count(*) FROM bars_1s WHERE symbol = 'BTC'", 3);
            assertEveryForm();
            CommandRun snapshot = run("snapshot", "--to", copy.toString());
            assertEquals(0, snapshot.code(), snapshot.err());
            assertTrue(snapshot.out().matches("\\S+: [0-9,]+ bytes, up to record \\d+\\R"), snapshot.out());
            refused("snapshot: .* exists already; .*", "snapshot", "--to", copy.toString());
            refused("query: only SELECT is answered; .*", "query", "DROP TABLE tick_data");
            assertRebuilt();
            CommandRun late = run("query", "FROM range(100000000000)", "--timeout", "200ms", "--format", "csv");
            assertEquals(1, late.code(), late.err());
            assertTrue(late.err().contains("was ended after 0.2 s"), late.err());
        }
        assertEveryForm();
        CommandRun last = run("query", "SELECT count(*) FROM ticks", "--format", "csv");
        assertTrue(
                rows(copy) > 0
                        && rows(copy)
                                <= Long.parseLong(last.out().lines().toList().get(1)),
                last.out());
        assertTrue(Files.exists(folder.resolve("data/capture.clean")), "reading leaves the stop as it was");
    }

    private void assertEveryForm() throws Exception {
        CommandRun csv = run("bars", "BTC", "1s", "--limit", "3", "--format", "csv");
        assertEquals(0, csv.code(), csv.err());
        assertTrue(csv.out().startsWith("timestamp,open,high,low,close,volume,"), csv.out());
        List<String> times =
                csv.out().lines().skip(1).map(line -> line.substring(0, 20)).toList();
        assertEquals(3, times.size());
        assertEquals(times.stream().sorted().toList(), times);
        CommandRun json =
                run("query", "SELECT 1 AS one, NULL AS none, 'a\"b' AS text, 0.1::DOUBLE AS x", "--format", "json");
        assertEquals("{\"one\":1,\"none\":null,\"text\":\"a\\\"b\",\"x\":0.1}\n", json.out());
        CommandRun table = run("bars", "BTC", "1s", "--limit", "2");
        assertTrue(table.out().lines().count() == 3 && table.out().startsWith("timestamp "), table.out());
        CommandRun chart = run("bars", "BTC", "1s", "--chart");
        assertTrue(chart.out().lines().allMatch(line -> line.length() <= 80), chart.out());
        assertTrue(chart.out().contains("░") && chart.out().contains("│"), chart.out());
        Path parquet = folder.resolve("bars.parquet");
        CommandRun file = run("query", "FROM bars_1s", "--format", "parquet", "--out", parquet.toString());
        assertEquals(0, file.code(), file.err());
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), min(typeof(timestamp)), min(typeof(open)) FROM '" + parquet + "'")) {
            row.next();
            assertTrue(row.getLong(1) >= 3);
            assertEquals("TIMESTAMP WITH TIME ZONE DOUBLE", row.getString(2) + " " + row.getString(3));
        }
        refused("bars: there are no bars of BTX; nearest of [0-9]+ symbols is BTC", "bars", "BTX", "1s");
        refused("bars: BTC has no bars of 7d; it has 1s.*", "bars", "BTC", "7d");
        refused("bars: BTC 1s has bars from .*", "bars", "BTC", "1s", "--to", "2020-01-01");
        refused("query: the query cannot run: Catalog Error: .*", "query", "FROM nosuch");
    }

    /** By the daemon: each partition a line, with its digest. */
    private void assertRebuilt() {
        refused("rebuild: there is nothing of 2020-01-01; .*", rebuild("2020-01-01", "2020-01-02"));
        CommandRun rebuild = run(rebuild("2026-09-24", "2026-09-27"));
        assertEquals(0, rebuild.code(), rebuild.err());
        List<String> lines = rebuild.out().lines().toList();
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("tick_data BTC \\S+  same  [0-9,]+ rows [0-9a-f]{64}")));
        assertTrue(
                lines.get(lines.size() - 1).matches("[0-9]+ partitions made again, 0 of them changed; 0 left"),
                rebuild.out());
        CommandRun further = run("rebuild", "--from", "2026-09-24", "--to", "2026-09-27", "--timeframes", "3s");
        assertTrue(further.out().contains("ohlcv BTC"), further.out());
        await("SELECT count(*) FROM bars WHERE timeframe = '3s'", 1);
    }

    private static String[] rebuild(String from, String to) {
        return new String[] {"rebuild", "--from", from, "--to", to};
    }

    @Test
    void shouldReadTheLakeAloneAndTellUpToWhen() {
        new LakeCommandTest().writeTo(folder.resolve("data/lake"));
        CommandRun run = run("query", "SELECT symbol, count(*) AS n FROM gaps GROUP BY ALL ORDER BY ALL", "--lake");
        assertEquals(0, run.code(), run.err());
        assertEquals(
                List.of("symbol  n", "BTC     2", "kPEPE   2"),
                run.out().lines().toList());
        assertEquals("the lake alone: feed_gaps until 2026-11-23T00:00:00Z\n", run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query",
                "query FROM bars_1s",
                "query FROM bars_1s --lake",
                "query FROM bars_1s --format parquet",
                "query FROM bars_1s --limit 0",
                "bars BTC",
                "bars BTC 1x",
                "bars BTC 7m",
                "bars BTC 1m --from 2026-11-23 --to 2026-11-22",
                "bars BTC 1m --chart --format csv",
                "snapshot",
                "snapshot --to copy.duckdb",
                "rebuild --from 2026-11-22",
                "rebuild --from 2026-11-22 --to 2026-11-21",
                "rebuild --from 2026-11-22 --to 2026-11-23 --datasets ticks",
                "rebuild --from 2026-11-22 --to 2026-11-23",
            })
    void shouldRefuseInOneLine(String line) {
        List<String> words = new ArrayList<>(
                List.of(line.replace("FROM bars_1s", "FROM_bars_1s").split(" ", -1)));
        words.replaceAll(word -> word.replace("FROM_", "FROM "));
        CommandRun run = run(words.toArray(String[]::new));
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertFalse(Files.exists(folder.resolve("data")), "nothing is made");
    }

    private void refused(String words, String... args) {
        CommandRun run = run(args);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().matches("millrace " + words + "\\R"), run.err());
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--set", "data.dir=" + folder.resolve("data")));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private void await(String sql, long least) {
        AtomicReference<CommandRun> run = new AtomicReference<>();
        Waiting.until(
                sql,
                () -> {
                    run.set(run("query", sql, "--format", "csv"));
                    return run.get().code() == 0
                            && Long.parseLong(run.get().out().lines().toList().get(1)) >= least;
                },
                run::get);
    }

    private static long rows(Path database) throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM tick_data")) {
            row.next();
            return row.getLong(1);
        }
    }

    private EngineConfig config(Simulator exchange) {
        return new ConfigLoader(Map.of(), 2)
                .load(
                        List.of(),
                        List.of(
                                "data.dir=" + folder.resolve("data"),
                                "hyperliquid.ws-url=" + exchange.wsUrl(),
                                "hyperliquid.rest-url=" + exchange.restUrl(),
                                "feed.coins=all",
                                "feed.channels=[trades]",
                                "store.flush-interval=50 ms",
                                "ops.port=0"))
                .engine();
    }
}
