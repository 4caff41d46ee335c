package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL on a page's way from the venue to the tables: the next collection asks for what is not journaled, and for nothing else. */
@Tag("kill")
class CollectKillTest {

    private static final List<String> COINS = List.of("BTC", "ETH", "SOL");
    private static final List<String> PAGED = List.of("candleSnapshot", "fundingHistory");

    /** Of each coin two timeframes and its funding. */
    private static final int PAGES = 9;

    private static final int BARS = 30;
    private static final Breakpoint STORING =
            Breakpoint.at("store.HistoryRows", "InfoRequest request = InfoRequest.parse(text);");
    private static final Breakpoint COMMITTING = Breakpoint.at("store.BatchWriter", "connection.commit();");
    private static final Breakpoint ANSWERED =
            Breakpoint.at("rest.VenueInfo", "return ask(request, body -> HistoryDecoder.candles(request, body));");

    @TempDir
    private Path folder;

    @Test
    void shouldAskForNothingThatIsStoredOrJournaled() throws Exception {
        MarketModel market = MarketModel.of(1, 1_790_233_230_000L)
                .withCoins(COINS.stream().map(SimulatedCoin::named).toList());
        try (Simulator venue = Simulator.start(SimulatorConfig.of(market))) {
            List<String> collect = collect(venue);
            kill(collect, STORING, 2); // journaled, in no table
            kill(collect, COMMITTING, 2); // half of what is journaled is in the tables
            kill(collect, ANSWERED, 2); // between two questions
            CommandRun rest = CommandRun.of(collect.toArray(String[]::new));
            assertEquals(0, rest.code(), rest::err);
            assertEquals(PAGES, journaledPages(), "each once, over four processes");
            long askedInVain = pages(venue) - PAGES;
            assertTrue(askedInVain <= 2, () -> askedInVain + " more, and two kills at most met a page on its way");
            CommandRun again = CommandRun.of(collect.toArray(String[]::new));
            assertEquals("0 rows by 0 requests; 9 of 9 series had nothing missing\n", again.out());
            CommandRun rows = CommandRun.of(
                    "query",
                    "SELECT count(*), count(DISTINCT (symbol, timeframe, timestamp)) FROM all_bars",
                    "--format",
                    "csv",
                    "--set",
                    "data.dir=" + folder.resolve("data"));
            int candles = COINS.size() * 2 * BARS;
            assertEquals(candles + "," + candles, rows.out().lines().toList().get(1), rows::err);
        }
    }

    private void kill(List<String> collect, Breakpoint place, int times) throws Exception {
        try (DebuggedDaemon process = DebuggedDaemon.start(ChildJvm.shortLived(), folder.resolve("said"), collect)) {
            process.runTo(place, times);
            process.kill();
        }
    }

    private static long pages(Simulator venue) {
        return venue.requests().stream()
                .filter(request -> PAGED.contains(request.type()))
                .count();
    }

    private long journaledPages() {
        long pages = 0;
        MarketEvent record = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(folder.resolve("data/journal"))) {
            while (reader.read(record)) {
                String text = new String(record.bytes(), 0, record.length(), StandardCharsets.UTF_8);
                pages += record.kind() == RecordKind.REST && PAGED.stream().anyMatch(text::contains) ? 1 : 0;
            }
        }
        return pages;
    }

    private List<String> collect(Simulator venue) {
        List<String> line = new ArrayList<>(List.of("collect"));
        line.addAll(COINS);
        line.addAll(List.of("--timeframes", "1h,1w", "--bars", String.valueOf(BARS)));
        for (String setting : List.of(
                "data.dir=" + folder.resolve("data"),
                "hyperliquid.ws-url=" + venue.wsUrl(),
                "hyperliquid.rest-url=" + venue.restUrl(),
                "store.flush-interval=10 ms",
                "ops.port=0")) {
            line.addAll(List.of("--set", setting));
        }
        return line;
    }
}
