package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Engine;
import dev.millrace.config.ConfigLoader;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code account}, of a daemon that runs and by itself. */
class AccountCommandTest {

    private static final String ADDRESS = "0x" + "5e".repeat(20);

    @TempDir
    private Path folder;

    private List<String> settings = List.of();

    @Test
    void shouldShowTheSameByTheDaemonAndByItself() throws Exception {
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(MarketModel.of(5, 1_790_294_400_000L)))) {
            settings = List.of(
                    "data.dir=" + folder.resolve("data"),
                    "hyperliquid.ws-url=" + exchange.wsUrl(),
                    "hyperliquid.rest-url=" + exchange.restUrl(),
                    "feed.coins=BTC",
                    "roles=capture",
                    "ops.port=0",
                    "rest.account-info=true");
            String[] fills = {"--address", ADDRESS, "--show", "fills", "--from", "2026-09-24", "--to", "2026-09-25"};
            CommandRun alone = run(fills);
            assertEquals(0, alone.code(), alone.err());
            assertEquals(1 + 24 * 6, alone.out().lines().count());
            CommandRun csv = run("--address", ADDRESS, "--show", "fees", "--format", "csv");
            assertEquals("market,taker,maker\nperp,0.00045,0.00015\nspot,0.0007,0.0004\n", csv.out());
            try (Engine daemon = Engine.launchWithoutFeed(
                    new ConfigLoader(Map.of(), 2).load(List.of(), settings).engine())) {
                assertEquals(alone.out(), run(fills).out());
                String all = run("--address", ADDRESS).out();
                for (String part : List.of("summary\n", "positions\n", "balances\n", "orders\n", "USDC", "BTC")) {
                    assertTrue(all.contains(part), all);
                }
                CommandRun none = run("--address", "0x" + "0".repeat(40), "--show", "orders");
                assertEquals("no orders", none.errLines().get(0));
                assertTrue(daemon.counters().value("rest.calls") > 5);
            }
        }
    }

    @Test
    void shouldRefuseWhereItIsOffAndWhatIsNoAddress() {
        settings = List.of("data.dir=" + folder.resolve("data"));
        CommandRun off = run("--address", ADDRESS);
        assertEquals(2, off.code());
        assertEquals(
                "millrace account: account information is off; rest.account-info = true turns it on",
                off.errLines().get(0));
        String key = "0x" + "4f".repeat(32);
        CommandRun wrong = run("--address", key);
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("an address is 0x and 40 hexadecimal digits"), wrong.err());
        assertFalse(wrong.err().contains(key), "it may be a private key");
        assertEquals(2, run("--address", ADDRESS, "--show", "secrets").code());
        assertEquals(2, run("--address", ADDRESS, "--format", "csv").code());
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of("account"));
        all.addAll(List.of(args));
        settings.forEach(setting -> all.addAll(List.of("--set", setting)));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
