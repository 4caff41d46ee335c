package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.Limits;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coins that the venue lists and delists while the daemon runs. */
class MembershipTest {

    private static final MarketModel MODEL =
            MarketModel.of(5, 1_790_232_000_000L).withCadence(new Cadence(10, 10, 10, 10));

    @TempDir
    Path folder;

    @Test
    void shouldFollowTheListWithoutAReconnection() throws Exception {
        AtomicLong aheadNs = new AtomicLong();
        Limits patient = Limits.none().withTimes(Duration.ofHours(1), Duration.ofMinutes(1)); // its clock jumps
        Conduct conduct = Conduct.good()
                .withLimits(patient)
                .with("list:coin=NEW@100s")
                .with("delist:coin=SOL@100s")
                .withClock(() -> System.nanoTime() + aheadNs.get());
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(MODEL).withConduct(conduct));
                Engine engine = Engine.launch(
                        Daemon.config(
                                folder,
                                exchange.wsUrl(),
                                exchange.restUrl(),
                                "feed.coins=all",
                                "instruments.poll-interval=200 ms"),
                        List.of())) {
            assertTrue(engine.plan().coins().contains("SOL"));
            aheadNs.set(TimeUnit.SECONDS.toNanos(100));
            Waiting.until(
                    "trades of the new coin",
                    () -> texts(RecordKind.FRAME).stream()
                            .anyMatch(frame -> frame.contains("\"trades\"") && frame.contains("\"coin\":\"NEW\"")));
            Waiting.until(
                    "the end of the delisted coin's stream",
                    () -> texts(RecordKind.FRAME).stream()
                            .anyMatch(frame -> frame.contains("\"unsubscribe\"") && frame.contains("SOL")));
            assertFalse(engine.failure().isDone());
            assertEquals(0, engine.feed().reconnects());
        }
        String changes = String.join(
                ", ",
                texts(RecordKind.LIFECYCLE).stream()
                        .filter(text -> text.startsWith("membership "))
                        .toList());
        assertTrue(changes.contains("+NEW 1") && changes.contains("-SOL 1"), changes);
        assertEquals(2, changes.split(",", -1).length, changes);
    }

    private List<String> texts(RecordKind kind) {
        List<String> texts = new ArrayList<>();
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(Daemon.journal(folder))) {
            while (reader.read(event)) {
                if (event.kind() == kind) {
                    texts.add(new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }
}
