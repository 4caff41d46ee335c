package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.barlog.BarLogVerification;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.journal.GapRecord;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.Gap;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Pace;
import dev.millrace.replay.Replay;
import dev.millrace.strategy.StrategyHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The settings of a daemon on a local exchange, its journal, and the replay of it. */
final class Daemon {

    private Daemon() {}

    /**
     * Impatient where waiting would only cost the test time, but not so much that an outage uses up the connections that the
     * venue allows within a minute; what a test sets wins.
     */
    static EngineConfig config(Path folder, URI ws, URI rest, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.dir=" + folder,
                "hyperliquid.ws-url=" + ws,
                "hyperliquid.rest-url=" + rest,
                "feed.coins=all",
                "feed.channels=[trades]",
                "feed.subscribe-per-second=1000",
                "feed.reconnect.min-delay=50 ms",
                "feed.reconnect.max-delay=400 ms",
                "pipeline.clock-interval=10 ms",
                "roles=capture",
                "store.full-books=true",
                "shutdown.deadline=" + Waiting.PATIENCE_S + " s",
                "ops.port=0"));
        all.addAll(Arrays.asList(settings));
        return new ConfigLoader(Map.of(), 2).load(List.of(), all).engine();
    }

    static Path journal(Path folder) {
        return folder.resolve("journal");
    }

    /** The gaps that the journal holds as annotations. */
    static List<Gap> journaledGaps(Path folder) {
        List<Gap> gaps = new ArrayList<>();
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(journal(folder))) {
            while (reader.read(event)) {
                if (event.kind() == RecordKind.GAP) {
                    gaps.add(GapRecord.decode(event.bytes(), event.length()));
                }
            }
            reader.requireEnd();
        }
        return gaps;
    }

    /** From the first receive time of the journal to its latest. */
    static long spanNs(Path folder) {
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(journal(folder))) {
            reader.read(event);
            long firstNs = event.receiveNs();
            long latestNs = firstNs;
            while (reader.read(event)) {
                latestNs = Math.max(latestNs, event.receiveNs());
            }
            return latestNs - firstNs;
        }
    }

    /** Names the first difference: the whole would fill the screen. */
    static void assertLines(List<String> expected, List<String> actual, String what) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            int line = i;
            assertEquals(expected.get(i), actual.get(i), () -> what + ", line " + line);
        }
        assertEquals(expected.size(), actual.size(), () -> what + ": lines");
    }

    /** What a strategy is told by the journal, and the gaps that are derived again. */
    record Replayed(Diary diary, List<Gap> derived) {}

    static Replayed replay(Path folder, Pace pace) throws InterruptedException {
        Replayed replayed = new Replayed(new Diary(), new ArrayList<>());
        Counters counters = new Counters();
        StrategyHost host =
                new StrategyHost(() -> List.of(replayed.diary()), counters, new ErrorLog(Clock.systemUTC()));
        Market market = new Market(host, (gap, receiveNs) -> replayed.derived().add(gap), counters);
        try (JournalReader reader = JournalReader.open(journal(folder))) {
            new Replay(reader, market, pace).run(sequence -> {});
            reader.requireEnd();
        }
        return replayed;
    }

    /** The bars of a replay against those that live left. */
    static BarLogVerification.Result verifyBars(Path folder) throws InterruptedException {
        Counters counters = new Counters();
        StrategyHost host = new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC()));
        try (JournalReader reader = JournalReader.open(journal(folder));
                BarLogVerification bars = new BarLogVerification(folder.resolve("bars"))) {
            Replay replay = new Replay(
                    reader, new Market(host, (gap, receiveNs) -> {}, bars, TickSink.NONE, counters), Pace.MAX);
            replay.run(sequence -> {});
            return bars.finish(replay.lastSequence());
        }
    }
}
