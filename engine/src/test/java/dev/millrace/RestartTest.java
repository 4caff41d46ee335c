package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.JournalConfig;
import dev.millrace.journal.JournalReader;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.RandomJournal;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is started again tells its strategies what a replay of the whole journal tells them. */
class RestartTest {

    /** The connections of this life are open when its records end. */
    private static final long SEED = 11;

    @TempDir
    Path folder;

    @Test
    void shouldStartFromTheSnapshotOfTheStopBefore() throws Exception {
        try (Simulator exchange = market()) {
            for (int session = 1; session <= 3; session++) {
                Diary diary = new Diary();
                Engine engine = launch(exchange, diary);
                try (engine) {
                    diary.await("bars", () -> diary.barCount() > 8);
                }
                assertEquals(0, engine.counters().value("recovery.refused"));
                assertEquals(0, engine.counters().value("recovery.records"), "session " + session);
                assertCountsItsOwn(engine, diary);
                assertToldAsReplayed(diary);
            }
        }
    }

    @Test
    void shouldEndTheConnectionsOfASessionThatWasKilled() throws Exception {
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 64);
        List<MarketEvent> before = RandomJournal.records(SEED, 300);
        try (JournalWriter writer =
                JournalWriter.open(Daemon.journal(folder), config, LocalClock.system(), new Counters())) {
            before.forEach(event -> writer.append(event.copy()));
        }
        Diary diary = new Diary();
        try (Simulator exchange = market()) {
            Engine engine = launch(exchange, diary);
            try (engine) {
                diary.await("bars", () -> diary.barCount() > 8);
            }
            assertEquals(before.size(), engine.counters().value("recovery.records"));
            assertCountsItsOwn(engine, diary);
        }
        assertToldAsReplayed(diary);
        List<String> begun = firstRecords(before.size() + 1);
        assertTrue(begun.get(0).startsWith("session "), begun::toString);
        assertTrue(begun.get(1).startsWith("lifecycle hyperliquid-ws/"), begun::toString);
        assertTrue(begun.get(1).endsWith("lost with its session, which was killed"), begun::toString);
    }

    private List<String> firstRecords(long from) {
        List<String> records = new ArrayList<>();
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(Daemon.journal(folder))) {
            reader.seekSequence(from);
            while (records.size() < 4 && reader.read(event)) {
                if (event.kind() != RecordKind.GAP) {
                    records.add(event.kind().label() + " " + Source.text(event.source()) + " "
                            + new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8));
                }
            }
        }
        return records;
    }

    /** The counts of a session are its own, whatever was recovered. */
    private static void assertCountsItsOwn(Engine engine, Diary diary) {
        long told =
                diary.lines().stream().filter(line -> line.startsWith("trade ")).count();
        assertEquals(told, engine.counters().value("trades.accepted"));
        assertEquals(
                told,
                engine.counters().value("trades.barred") + engine.counters().value("trades.late-unbarred"));
    }

    private void assertToldAsReplayed(Diary live) throws InterruptedException {
        List<String> all = Daemon.replay(folder, Pace.MAX).diary().lines();
        int last = all.size() - 1;
        while (!all.get(last).startsWith("start ")) {
            last--;
        }
        Daemon.assertLines(live.lines(), all.subList(last, all.size()), "callbacks of the last session");
    }

    private Engine launch(Simulator exchange, Diary diary) throws InterruptedException {
        return Engine.launch(Daemon.config(folder, exchange.wsUrl(), exchange.restUrl()), List.of(diary));
    }

    private static Simulator market() throws Exception {
        return Simulator.start(SimulatorConfig.of(MarketModel.of(3, 1_756_904_000_000L)));
    }
}
