package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigException;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that is refused for what the venue says leaves no trace; one that is not has its replies in the journal. */
class RefusedStartTest {

    @TempDir
    Path folder;

    @Test
    void shouldLeaveNothingOfANewDataDirectoryForAnUnknownCoin() throws Exception {
        try (Simulator exchange = market()) {
            EngineConfig config = Daemon.config(
                    folder.resolve("new/data"), exchange.wsUrl(), exchange.restUrl(), "feed.coins=[BTC, NOPE]");
            ConfigException refusal = assertThrows(ConfigException.class, () -> Engine.launch(config, List.of()));
            assertTrue(refusal.getMessage().contains("NOPE"), refusal.getMessage());
        }
        assertEquals(Map.of(), files(folder));
    }

    @Test
    void shouldLeaveNothingOfANewDataDirectoryForAnUnreachableHost() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        URI nobody = URI.create("http://127.0.0.1:1");
        EngineConfig config = Daemon.config(data, URI.create("ws://127.0.0.1:1/ws"), nobody);
        ConfigException refusal = assertThrows(ConfigException.class, () -> Engine.launch(config, List.of()));
        assertTrue(refusal.getMessage().startsWith("hyperliquid.rest-url"), refusal.getMessage());
        assertEquals(List.of("data"), List.copyOf(files(folder).keySet()));
    }

    @Test
    void shouldChangeNothingInAnOldDataDirectory() throws Exception {
        try (Simulator exchange = market()) {
            EngineConfig good = Daemon.config(folder, exchange.wsUrl(), exchange.restUrl());
            Engine.launch(good, List.of()).close();
            Map<String, FileTime> before = files(Daemon.journal(folder));
            EngineConfig bad = Daemon.config(folder, exchange.wsUrl(), exchange.restUrl(), "feed.coins=[NOPE]");
            assertThrows(ConfigException.class, () -> Engine.launch(bad, List.of()));
            assertEquals(before, files(Daemon.journal(folder)));
            Engine.launch(good, List.of()).close();
        }
        assertEquals(List.of(StartReason.FIRST, StartReason.CLEAN), startReasons());
    }

    @Test
    void shouldHaveTheRepliesOfTheStartBehindItsHeader() throws Exception {
        try (Simulator exchange = market()) {
            Engine.launch(Daemon.config(folder, exchange.wsUrl(), exchange.restUrl()), List.of())
                    .close();
        }
        MarketEvent event = new MarketEvent(1 << 20);
        List<RecordKind> kinds = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(Daemon.journal(folder))) {
            while (kinds.size() < 4 && reader.read(event)) {
                kinds.add(event.kind());
                times.add(event.receiveNs());
            }
        }
        assertEquals(List.of(RecordKind.SESSION, RecordKind.REST, RecordKind.REST, RecordKind.REST), kinds);
        assertEquals(times.stream().sorted().toList(), times);
    }

    private List<StartReason> startReasons() {
        List<StartReason> reasons = new ArrayList<>();
        MarketEvent event = new MarketEvent(1 << 20);
        try (JournalReader reader = JournalReader.open(Daemon.journal(folder))) {
            while (reader.read(event)) {
                if (event.kind() == RecordKind.SESSION) {
                    reasons.add(
                            SessionHeader.parse(event.bytes(), event.length()).startReason());
                }
            }
        }
        return reasons;
    }

    private static Map<String, FileTime> files(Path dir) throws IOException {
        Map<String, FileTime> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path file : all.filter(one -> !one.equals(dir)).toList()) {
                files.put(dir.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    private static Simulator market() throws Exception {
        return Simulator.start(SimulatorConfig.of(MarketModel.of(3, 1_756_904_000_000L)));
    }
}
