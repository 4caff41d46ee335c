package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.feed.FeedStatus;
import dev.millrace.market.Decimals;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the market makes of streams that come over several connections, one after the other or at once. */
@Tag("stress")
@Tag("stress-daemon")
class ManyConnectionsTest {

    private static final long START_MS = 1_756_904_000_000L;

    private static final List<SimulatedCoin> COINS = List.of(
            new SimulatedCoin("BTC", 5, 84_143 * Decimals.ONE, 8),
            new SimulatedCoin("WLFI", 0, Decimals.ONE / 5, 400),
            new SimulatedCoin("PURR/USDC", 0, Decimals.ONE / 7, 300));

    @TempDir
    Path folder;

    private final Diary live = new Diary();

    @Test
    void shouldLoseAndRepeatNothingWhenConnectionsAreReplaced() throws Exception {
        try (Simulator exchange = market();
                Engine engine = launch(exchange, exchange.wsUrl(), "feed.rolling-reconnect=1 s")) {
            live.await("two replacements", () -> engine.counters().value("feed.replacements") >= 2);
            long bars = live.barCount();
            live.await("bars after them", () -> live.barCount() > bars + 6);
            assertEquals(0, engine.counters().value("feed.lost"));
            assertTrue(engine.counters().value("trades.duplicates") > 0, "both connections brought trades");
        }
        assertNothingIsMissing();
    }

    @Test
    void shouldCloseTheGapOfOneConnectionByTheOther() throws Exception {
        try (Simulator exchange = market();
                Relay relay = new Relay(exchange.wsUrl());
                Engine engine = launch(
                        exchange,
                        relay.wsUrl(),
                        "feed.redundancy=all",
                        "feed.reconnect.min-delay=500 ms",
                        "feed.reconnect.max-delay=500 ms")) {
            for (int cut = 0; cut < 2; cut++) {
                long copies = copies(engine);
                live.await("both sides", () -> isWhole(engine.feed()) && copies(engine) > copies + 100);
                long bars = live.barCount();
                relay.cutOldest();
                live.await("bars from one side", () -> live.barCount() > bars + 6);
                assertEquals(FeedStatus.State.CONNECTED, engine.feed().state());
            }
            assertEquals(2, engine.counters().value("feed.lost"));
        }
        assertNothingIsMissing();
    }

    @Test
    void shouldGoOnWithoutANameThatTheVenueDoesNotKnow() throws Exception {
        try (Simulator exchange = market();
                Engine engine = launch(
                        exchange,
                        exchange.wsUrl(),
                        "hyperliquid.rest-url=http://127.0.0.1:1",
                        "feed.check-names=false",
                        "feed.coins=BTC,WLFI,btc,PURR/USDC")) {
            live.await(
                    "the others",
                    () -> engine.feed().quarantined().size() == 3
                            && engine.feed().acknowledged() == 9);
            long bars = live.barCount();
            live.await("their bars", () -> live.barCount() > bars + 6);
            String warning = engine.health().warnings().stream()
                    .filter(words -> words.startsWith("not subscribed"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(warning.contains("\"btc\"") && !warning.contains("BTC"), warning);
            assertEquals(List.of(), engine.health().problems());
        }
    }

    private static long copies(Engine engine) {
        return engine.counters().value("arrivals.trades.older-first")
                + engine.counters().value("arrivals.trades.newer-first");
    }

    private static boolean isWhole(FeedStatus feed) {
        return feed.lanes().stream().allMatch(lane -> lane.acknowledged() == lane.asked());
    }

    /** No gap, no trade twice, every closed bar complete but each series' first; and a replay says the same. */
    private void assertNothingIsMissing() throws IOException, InterruptedException {
        assertEquals(List.of(), live.gaps());
        assertEquals(List.of(), Daemon.journaledGaps(folder));
        Set<String> trades = new HashSet<>();
        for (String line : live.lines()) {
            String trade = Stream.of(line.split(" ", -1)).limit(5).collect(Collectors.joining(" "));
            assertTrue(!line.startsWith("trade") || trades.add(trade), () -> "twice: " + line);
        }
        assertEquals(List.of(), incompleteWithin(live.csv()));
        Daemon.Replayed replayed = Daemon.replay(folder, Pace.MAX);
        Daemon.assertLines(live.lines(), replayed.diary().lines(), "callbacks");
        assertEquals(live.csv(), replayed.diary().csv());
    }

    /** Bars that are not complete, the first and the last of each series left out. */
    private static List<String> incompleteWithin(String csv) {
        Map<String, List<String>> series = new LinkedHashMap<>();
        csv.lines().skip(1).forEach(line -> {
            String[] fields = line.split(",", -1);
            series.computeIfAbsent(fields[0] + fields[1], key -> new ArrayList<>())
                    .add(line);
        });
        List<String> incomplete = new ArrayList<>();
        series.values().forEach(bars -> {
            for (int i = 1; i < bars.size() - 1; i++) {
                if (bars.get(i).split(",", -1)[11].equals("false")) {
                    incomplete.add(bars.get(i));
                }
            }
        });
        return incomplete;
    }

    private Engine launch(Simulator exchange, URI wsUrl, String... settings) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "feed.channels=[trades, l2Book-fast, bbo]",
                "feed.coins=BTC,WLFI,PURR/USDC",
                "bars.basis=[trade, mid]"));
        all.addAll(Arrays.asList(settings));
        return Engine.launch(
                Daemon.config(folder, wsUrl, exchange.restUrl(), all.toArray(String[]::new)), List.of(live));
    }

    private static Simulator market() throws IOException {
        MarketModel model = MarketModel.of(7, START_MS).withCoins(COINS).withCadence(Cadence.lively());
        return Simulator.start(SimulatorConfig.of(model));
    }
}
