package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigException;
import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.ops.AlreadyRunningException;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store apart from the daemon that records: it follows whatever that one does, and holds what the journal gives. */
@Tag("stress")
@Tag("stress-daemon")
@Timeout(300)
class StoreDaemonTest {

    private static final String ALL = "feed.channels=[trades, l2Book, bbo, allMids, activeAssetCtx]";

    @TempDir
    Path folder;

    @Test
    void shouldFollowADaemonThatIsStartedAfterItAndAgain() throws Exception {
        try (Simulator exchange = market();
                StoreDaemon store = StoreDaemon.launch(config(exchange, "roles=store"))) {
            Waiting.until("the complaint", () -> !store.health().healthy());
            assertTrue(
                    store.health().problems().get(0).startsWith("there is no journal in "),
                    () -> store.health().problems().toString());
            for (int session = 1; session <= 2; session++) {
                Diary diary = new Diary();
                try (Engine capture = Engine.launch(config(exchange, "roles=capture"), List.of(diary))) {
                    diary.await("bars", () -> diary.barCount() > 8);
                    long reached = capture.health().sequences().get("journaled");
                    Waiting.until("the tables", () -> committed(store) >= reached);
                    assertTrue(store.health().healthy(), () -> store.health().toString());
                }
            }
            Map<String, Object> status = ask(StoreDaemon.CONTROL_SOCKET);
            assertEquals("running", ((Map<?, ?>) status.get("store_daemon")).get("state"));
            assertEquals(committed(store), ((Map<?, ?>) status.get("store")).get("committed_sequence"));
        }
        assertTrue(Files.size(folder.resolve("log/millrace-store.log")) > 0);
        assertStored();
    }

    @Test
    void shouldCommitWhatTheJournalHeldWhenItWasStopped() throws Exception {
        try (Simulator exchange = market()) {
            Diary diary = new Diary();
            try (Engine capture = Engine.launch(config(exchange, "roles=capture"), List.of(diary))) {
                diary.await("bars", () -> diary.barCount() > 8);
                long held = capture.health().sequences().get("journaled");
                StoreDaemon store = StoreDaemon.launch(config(exchange, "roles=store", "store.flush-interval=1 h"));
                Waiting.until("its market", () -> store.counters().value("store.sequence") == 0);
                store.close();
                assertTrue(committed(store) >= held, () -> committed(store) + " of " + held);
                assertFalse(capture.failure().isDone());
            }
            StoreDaemon.launch(config(exchange, "roles=store")).close();
        }
        assertStored();
    }

    @Test
    void shouldBeRefusedWhereAnotherProcessStores() throws Exception {
        try (Simulator exchange = market();
                Engine both = Engine.launch(config(exchange, "roles=[capture, store]"), List.of())) {
            AlreadyRunningException refused = assertThrows(
                    AlreadyRunningException.class, () -> StoreDaemon.launch(config(exchange, "roles=store")));
            assertTrue(refused.getMessage().contains("process "), refused.getMessage());
            assertTrue(((Map<?, ?>) ask(Engine.CONTROL_SOCKET).get("store")).containsKey("committed_sequence"));
            assertTrue(both.health().healthy() || !both.health().problems().isEmpty());
        }
    }

    @Test
    void shouldNameThePortThatTheOtherRoleHas() throws Exception {
        try (Simulator exchange = market();
                Engine capture = Engine.launch(config(exchange, "roles=capture"), List.of())) {
            ConfigException refused = assertThrows(
                    ConfigException.class,
                    () -> StoreDaemon.launch(config(exchange, "roles=store", "ops.port=" + capture.opsPort())));
            assertEquals("ops.port", refused.key());
        }
        assertThrows(ConfigException.class, () -> Engine.launch(config(null, "roles=store"), List.of()));
    }

    @Test
    void shouldBeHandedOverTogetherWithCapture() throws Exception {
        try (Simulator exchange = market()) {
            EngineConfig both = config(exchange, "roles=[capture, store]");
            Diary before = new Diary();
            Engine first = Engine.launch(both, List.of(before));
            before.await("bars", () -> before.barCount() > 8);
            CompletableFuture<Void> closing = first.successor().thenAcceptAsync(pid -> first.close());
            Diary after = new Diary();
            try (Engine second = Engine.takeOver(both, List.of(after), line -> {})) {
                closing.join();
                after.await("bars", () -> after.barCount() > 8);
                assertTrue(
                        second.health().warnings().isEmpty(),
                        () -> second.health().toString());
            }
        }
        assertStored();
    }

    @Test
    void shouldRefuseAHandoverThatWouldWantTheRoleOfAThird() throws Exception {
        try (Simulator exchange = market();
                StoreDaemon store = StoreDaemon.launch(config(exchange, "roles=store"));
                Engine capture = Engine.launch(config(exchange, "roles=capture"), List.of())) {
            assertThrows(
                    AlreadyRunningException.class,
                    () -> Engine.takeOver(config(exchange, "roles=[capture, store]"), List.of(), line -> {}));
            assertFalse(capture.successor().isDone());
            assertTrue(
                    store.health().warnings().size() <= 1, () -> store.health().toString());
        }
    }

    private void assertStored() throws Exception {
        ExpectedRows expected = ExpectedRows.of(Daemon.journal(folder));
        assertTrue(expected.count() > 100, () -> "too little to prove anything: " + expected.count());
        assertEquals(expected.text(), TableRows.read(folder.resolve("millrace.duckdb")));
    }

    private static long committed(StoreDaemon store) {
        return store.counters().value("store.sequence");
    }

    private Map<String, Object> ask(String socket) {
        Map<String, Object> answer = new HashMap<>();
        new ControlClient(folder.resolve(socket)).ask(Map.of("command", "status"), answer::putAll);
        return answer;
    }

    private EngineConfig config(Simulator exchange, String... settings) {
        URI nobody = URI.create("http://127.0.0.1:1");
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 1, settings.length);
        all[0] = ALL;
        return exchange == null
                ? Daemon.config(folder, URI.create("ws://127.0.0.1:1/ws"), nobody, all)
                : Daemon.config(folder, exchange.wsUrl(), exchange.restUrl(), all);
    }

    private static Simulator market() throws Exception {
        return Simulator.start(
                SimulatorConfig.of(MarketModel.of(3, 1_756_904_000_000L).withCadence(Cadence.lively())));
    }
}
