package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.config.CollectConfig;
import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.discovery.CollectionResult;
import dev.millrace.market.CandleInterval;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.RestClient;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History from a local exchange that misbehaves: the tables hold what the server does, and nothing is asked for twice. */
@Tag("stress")
@Tag("stress-daemon")
class CollectionTest {

    private static final long START_MS = 1_790_233_230_000L;
    private static final List<CandleInterval> TIMEFRAMES =
            List.of(CandleInterval.ONE_HOUR, CandleInterval.ONE_WEEK, CandleInterval.ONE_MONTH);
    private static final List<String> COINS = List.of("BTC", "ETH", "SOL");
    private static final int BARS = 30;

    @TempDir
    Path folder;

    @Test
    void shouldHoldWhatTheServerHoldsThroughFaultsAndAskForNothingTwice() throws Exception {
        Conduct faulty = Conduct.good()
                .with("rest-429:type=candleSnapshot@0x2")
                .with("rest-500:type=candleSnapshot,coin=ETH")
                .with("rest-null:type=candleSnapshot,coin=SOL")
                .with("rest-truncated:type=candleSnapshot,coin=BTC")
                .with("rest-truncated:what=body,type=fundingHistory")
                .with("rest-slow:type=fundingHistory,coin=ETH");
        try (Simulator venue = Simulator.start(SimulatorConfig.of(market()).withConduct(faulty))) {
            CollectionResult first = collect(venue);
            assertEquals(List.of(), first.failures());
            assertEquals(9 + 3, first.series());
            assertEquals(expectedCandles(venue), storedCandles());
            assertEquals(expectedFunding(venue), storedFunding());
            long asked = historyRequests(venue);
            CollectionResult second = collect(venue);
            assertEquals(first.series(), second.upToDate());
            assertEquals(asked, historyRequests(venue), "nothing that is stored is asked for again");
        }
    }

    @Test
    void shouldStoreThePageAroundAnOddCandleAndAskForThatOneAgain() throws Exception {
        Conduct odd = Conduct.good().with("rest-odd:type=candleSnapshot,coin=BTC,row=7");
        try (Simulator venue = Simulator.start(SimulatorConfig.of(market()).withConduct(odd))) {
            CollectionResult first = collect(venue);
            assertEquals(List.of(), first.failures());
            assertEquals(1, first.refused());
            String line = first.refusals().get(0);
            assertTrue(line.startsWith("BTC 1h: candleSnapshot[7].o should be a decimal, but is odd (20"), line);
            List<String> expected = expectedCandles(venue);
            List<String> stored = storedCandles();
            assertEquals(expected.size() - 1, stored.size());
            assertTrue(expected.containsAll(stored));
            long asked = historyRequests(venue);
            CollectionResult second = collect(venue);
            assertEquals(asked + 1, historyRequests(venue));
            assertEquals(0, second.refused());
            assertEquals(expected, storedCandles());
        }
    }

    @Test
    void shouldCollectByScheduleInTheDaemonAndWhenAskedOverItsSocket() throws Exception {
        try (Simulator venue = Simulator.start(SimulatorConfig.of(market()))) {
            EngineConfig config = Daemon.config(
                    folder,
                    venue.wsUrl(),
                    venue.restUrl(),
                    "roles=[capture,store]",
                    "feed.coins=[BTC]",
                    "store.flush-interval=10 ms",
                    "collect.every=1 d",
                    "collect.timeframes=[1w]",
                    "collect.bars=5",
                    "collect.funding=false");
            List<Map<String, Object>> lines = new ArrayList<>();
            try (Engine engine = Engine.launch(config, List.of())) {
                assertEquals(List.of("BTC"), engine.plan().coins());
                Waiting.until("the schedule", () -> historyRequests(venue) == 1);
                Map<String, Object> asked =
                        Map.of("command", "collect", "coins", List.of(), "timeframes", List.of("1w", "1M"), "bars", 5);
                assertTrue(new ControlClient(folder.resolve(Engine.CONTROL_SOCKET)).ask(asked, lines::add));
                assertEquals(2, historyRequests(venue), "what the schedule brought is not asked for again");
                List<Map<String, Object>> refused = new ArrayList<>();
                Map<String, Object> unknown = new HashMap<>(asked);
                unknown.put("coins", List.of("ETH", "BTCC"));
                assertTrue(new ControlClient(folder.resolve(Engine.CONTROL_SOCKET)).ask(unknown, refused::add));
                assertEquals(List.of(Map.of("refused", "the venue has no 'BTCC'; nearest is BTC")), refused);
                assertEquals(2, historyRequests(venue), "nobody is asked");
            }
            assertEquals(1, ((Number) lines.get(0).get("done")).intValue(), lines::toString);
            assertEquals(5, ((Number) lines.get(1).get("received")).intValue(), lines::toString);
        }
    }

    private static MarketModel market() {
        return MarketModel.of(1, START_MS)
                .withCoins(COINS.stream().map(SimulatedCoin::named).toList());
    }

    private CollectionResult collect(Simulator venue) throws Exception {
        EngineConfig config = Daemon.config(
                folder,
                venue.wsUrl(),
                venue.restUrl(),
                "roles=[capture,store]",
                "store.flush-interval=10 ms",
                "rest.timeout=3 s",
                "rest.min-pause=1 ms",
                "rest.max-pause=5 ms");
        try (Engine engine = Engine.launchWithoutFeed(config)) {
            CollectConfig what = config.collect().of(TIMEFRAMES, BARS);
            return engine.collect(List.of(), what, (done, of, left) -> {});
        }
    }

    private static long historyRequests(Simulator venue) {
        return venue.requests().stream()
                .filter(request -> request.type().equals("candleSnapshot")
                        || request.type().equals("fundingHistory"))
                .count();
    }

    /** Of the server, asked by nothing of ours: the newest closed candles. */
    private static List<String> expectedCandles(Simulator venue) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String coin : COINS) {
            for (CandleInterval interval : TIMEFRAMES) {
                JsonNode all = ServedCandles.read(venue, coin, interval, 0, START_MS);
                int open = all.get(all.size() - 1).get("T").asLong() >= START_MS ? 1 : 0;
                for (int i = Math.max(0, all.size() - open - BARS); i < all.size() - open; i++) {
                    lines.add(coin + "|" + interval.label() + "|" + ServedCandles.line(all.get(i)));
                }
            }
        }
        return lines.stream().sorted().toList();
    }

    private static List<String> expectedFunding(Simulator venue) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String coin : COINS) {
            long fromMs = START_MS - BARS * 3_600_000L - 200;
            for (JsonNode row : new RestClient(venue)
                    .json("{\"type\":\"fundingHistory\",\"coin\":\"%s\",\"startTime\":%d}".formatted(coin, fromMs))) {
                lines.add(String.join(
                        "|",
                        coin,
                        row.get("time").asText(),
                        ServedCandles.number(row, "fundingRate"),
                        ServedCandles.number(row, "premium")));
            }
        }
        return lines.stream().sorted().toList();
    }

    private List<String> storedCandles() throws SQLException {
        return rows("SELECT symbol, timeframe, epoch_ms(timestamp), open, high, low, close, volume, trade_count"
                + " FROM ohlcv_bars WHERE source = 'exchange' AND complete AND NOT repaired");
    }

    private List<String> storedFunding() throws SQLException {
        return rows("SELECT symbol, epoch_ms(timestamp), rate, premium FROM funding");
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> lines = TableRows.query(folder.resolve("millrace.duckdb"), sql);
        assertTrue(lines.size() > 20, () -> "too little to prove anything: " + lines.size());
        return lines.stream().sorted().toList();
    }
}
