package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.market.Subscription;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exchange remembers: candles, funding and sentiment from before its start and from its own trades. */
class HistoryTest {

    /** A Thursday, 07:21:17 UTC: inside a bucket of every interval. */
    private static final long START = Instant.parse("2026-09-24T07:21:17Z").toEpochMilli();

    private static final long HOUR = 3_600_000;
    private static final MarketModel MODEL = MarketModel.of(9, START);

    private final ObjectMapper json = new ObjectMapper();
    private Simulator simulator;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorConfig.of(MODEL));
        rest = new RestClient(simulator);
    }

    @AfterEach
    void stop() throws Exception {
        simulator.close();
    }

    private JsonNode candles(String coin, String interval, long from, long to) throws Exception {
        return rest.json("{\"type\":\"candleSnapshot\",\"req\":{\"coin\":\"" + coin + "\",\"interval\":\"" + interval
                + "\",\"startTime\":" + from + ",\"endTime\":" + to + "}}");
    }

    private JsonNode all(String coin, String interval) throws Exception {
        return candles(coin, interval, 0, START + HOUR);
    }

    @ParameterizedTest
    @CsvSource({
        "1m, 5000, 2026-09-24T07:21:00Z",
        "3m, 5000, 2026-09-24T07:21:00Z",
        "5m, 5000, 2026-09-24T07:20:00Z",
        "15m, 5000, 2026-09-24T07:15:00Z",
        "30m, 5000, 2026-09-24T07:00:00Z",
        "1h, 5000, 2026-09-24T07:00:00Z",
        "2h, 5000, 2026-09-24T06:00:00Z",
        "4h, 5000, 2026-09-24T04:00:00Z",
        "8h, 3727, 2026-09-24T00:00:00Z",
        "12h, 2485, 2026-09-24T00:00:00Z",
        "1d, 1243, 2026-09-24T00:00:00Z",
        "3d, 415, 2026-09-22T00:00:00Z",
        "1w, 178, 2026-09-21T00:00:00Z",
        "1M, 41, 2026-09-01T00:00:00Z",
    })
    void shouldKeepTheNewest5000CandlesOfEachIntervalAndTheOpenOne(String interval, int count, Instant last)
            throws Exception {
        JsonNode candles = all("BTC", interval);
        assertEquals(count, candles.size());
        assertEquals(last.toEpochMilli(), candles.get(count - 1).get("t").longValue());
        for (int i = 1; i < count; i++) {
            JsonNode candle = candles.get(i);
            assertEquals(
                    candles.get(i - 1).get("T").longValue() + 1, candle.get("t").longValue(), candle.toString());
            assertSound(candle);
        }
    }

    private static void assertSound(JsonNode candle) {
        BigDecimal high = decimal(candle, "h");
        BigDecimal low = decimal(candle, "l");
        for (String price : List.of("o", "c")) {
            assertTrue(
                    low.compareTo(decimal(candle, price)) <= 0 && high.compareTo(decimal(candle, price)) >= 0,
                    candle.toString());
        }
        assertTrue(decimal(candle, "v").signum() > 0 && candle.get("n").longValue() > 0, candle.toString());
    }

    @ParameterizedTest
    @CsvSource({"BTC, 1m, 15m", "kPEPE, 5m, 1h", "PURR/USDC, 1m, 4h", "ETH, 1h, 1d", "ETH, 1d, 1w", "BTC, 1d, 1M"})
    void shouldRollFinerCandlesUpToCoarserOnes(String coin, String fine, String coarse) throws Exception {
        JsonNode finer = all(coin, fine);
        int compared = 0;
        for (JsonNode candle : all(coin, coarse)) {
            List<JsonNode> parts = new ArrayList<>();
            for (JsonNode part : finer) {
                long t = part.get("t").longValue();
                if (t >= candle.get("t").longValue() && t <= candle.get("T").longValue()) {
                    parts.add(part);
                }
            }
            if (!parts.isEmpty() && parts.get(0).get("t").equals(candle.get("t"))) {
                compared++;
                assertEquals(rollUp(parts), numbers(candle), candle.toString());
            }
        }
        assertTrue(compared >= 20, compared + " compared");
    }

    private static List<BigDecimal> rollUp(List<JsonNode> parts) {
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal trades = BigDecimal.ZERO;
        BigDecimal high = BigDecimal.ZERO;
        BigDecimal low = decimal(parts.get(0), "l");
        for (JsonNode part : parts) {
            volume = volume.add(decimal(part, "v"));
            trades = trades.add(decimal(part, "n"));
            high = high.max(decimal(part, "h"));
            low = low.min(decimal(part, "l"));
        }
        BigDecimal close = decimal(parts.get(parts.size() - 1), "c");
        return List.of(
                decimal(parts.get(0), "o"), high, low, close, volume.stripTrailingZeros(), trades.stripTrailingZeros());
    }

    private static List<BigDecimal> numbers(JsonNode candle) {
        return List.of(
                decimal(candle, "o"),
                decimal(candle, "h"),
                decimal(candle, "l"),
                decimal(candle, "c"),
                decimal(candle, "v").stripTrailingZeros(),
                decimal(candle, "n").stripTrailingZeros());
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.get(field).asText());
    }

    @Test
    void shouldGoOnInTheLiveMarketWhereThePastEnds() {
        SimulatedMarket market = new SimulatedMarket(MODEL);
        List<SimulatedTrade> trades = new ArrayList<>();
        while (market.timeMs() < START + 10 * 60_000) {
            market.next();
            market.trades().stream()
                    .filter(trade -> market.coin("BTC").orElseThrow().block().contains(trade))
                    .forEach(trades::add);
        }
        CoinMarket coin = market.coin("BTC").orElseThrow();
        long minute = START - START % 60_000 + 5 * 60_000;
        List<SimulatedTrade> within = trades.stream()
                .filter(trade -> trade.timeMs() >= minute && trade.timeMs() < minute + 60_000)
                .toList();
        Candle candle =
                coin.candles().between("1m", minute, minute, market.timeMs()).get(0);
        assertEquals(within.size(), candle.trades());
        assertEquals(within.get(0).price(), candle.open());
        assertEquals(within.get(within.size() - 1).price(), candle.close());
        List<Candle> last = coin.candles().between("1m", START - 10 * 60_000, START, market.timeMs());
        long before = START - 4L * 30 * coin.coin().blockMs();
        for (int i = 1; i < last.size(); i++) {
            if (last.get(i).startMs() <= before && last.get(i).endMs() > before) {
                double step = Math.abs(
                        Math.log((double) last.get(i).open() / last.get(i - 1).close()));
                assertTrue(step < 1e-3, last.toString());
            }
        }
    }

    @Test
    void shouldStreamTheCandleThatItReplies() throws Exception {
        SimulatedMarket market = new SimulatedMarket(MODEL);
        while (market.timeMs() < START + 60_000) {
            market.next();
        }
        for (String interval : Candles.INTERVALS) {
            byte[] frame = market.write(Topic.of(Subscription.candle("BTC", interval)), market.timeMs());
            Candles candles = market.coin("BTC").orElseThrow().candles();
            List<Candle> open = candles.between(interval, market.timeMs(), market.timeMs(), market.timeMs());
            byte[] reply = new FrameWriter().candlesBody(SimulatedCoin.named("BTC"), interval, open);
            assertEquals(json.readTree(frame).get("data"), json.readTree(reply).get(0));
        }
    }

    @Test
    void shouldGiveCandlesThatEndAfterTheStartAndBeginByTheEnd() throws Exception {
        long ten = Instant.parse("2026-09-20T10:00:00Z").toEpochMilli();
        JsonNode candles = candles("ETH", "1h", ten + 1, ten + 2 * HOUR);
        assertEquals(List.of(ten, ten + HOUR, ten + 2 * HOUR), longs(candles, "t"));
        assertEquals(0, candles("ETH", "1h", ten, ten - 1).size());
        assertEquals(
                0, candles("ETH", "1h", START + 9 * HOUR, START + 10 * HOUR).size());
    }

    @Test
    void shouldRefuseCandlesAsTheVenueDoes() throws Exception {
        String head = "{\"type\":\"candleSnapshot\",\"req\":{\"coin\":";
        assertEquals(
                422,
                rest.post(head + "\"BTC\",\"interval\":\"7m\",\"startTime\":1,\"endTime\":2}}")
                        .statusCode());
        assertEquals(
                422,
                rest.post(head + "\"BTC\",\"interval\":\"1m\",\"startTime\":-1}}")
                        .statusCode());
        assertEquals(422, rest.post(head + "\"BTC\",\"interval\":\"1m\"}}").statusCode());
        assertEquals(
                500,
                rest.post(head + "\"btc\",\"interval\":\"1m\",\"startTime\":1}}")
                        .statusCode());
    }

    @Test
    void shouldPageFundingByFiveHundredWithBothEndsIncluded() throws Exception {
        long from = START - 1_200 * HOUR;
        Set<Long> times = new HashSet<>();
        int rows = 0;
        long next = from;
        JsonNode page = funding("BTC", next, START);
        while (!page.isEmpty()) {
            assertTrue(page.size() <= 500);
            rows += page.size();
            times.addAll(longs(page, "time"));
            next = page.get(page.size() - 1).get("time").longValue() + 1;
            page = funding("BTC", next, START);
        }
        assertEquals(1_200, rows);
        assertEquals(rows, times.size());
        assertTrue(times.stream().allMatch(time -> time % HOUR < 200));
        long time = times.stream().sorted().skip(7).findFirst().orElseThrow();
        assertEquals(List.of(time), longs(funding("BTC", time, time), "time"));
        assertEquals(
                500,
                rest.post("{\"type\":\"fundingHistory\",\"coin\":\"NONE\",\"startTime\":1}")
                        .statusCode());
        assertEquals(
                422,
                rest.post("{\"type\":\"fundingHistory\",\"coin\":\"BTC\",\"startTime\":-1}")
                        .statusCode());
    }

    private JsonNode funding(String coin, long from, long to) throws Exception {
        return rest.json("{\"type\":\"fundingHistory\",\"coin\":\"" + coin + "\",\"startTime\":" + from
                + ",\"endTime\":" + to + "}");
    }

    private static List<Long> longs(JsonNode list, String field) {
        List<Long> values = new ArrayList<>();
        list.forEach(element -> values.add(element.get(field).longValue()));
        return values;
    }

    @Test
    void shouldRememberTheSamePastForASeed() throws Exception {
        try (Simulator again = Simulator.start(SimulatorConfig.of(MODEL));
                Simulator other = Simulator.start(SimulatorConfig.of(MarketModel.of(10, START)))) {
            for (String body : List.of(
                    "{\"type\":\"candleSnapshot\",\"req\":{\"coin\":\"BTC\",\"interval\":\"4h\",\"startTime\":1}}",
                    "{\"type\":\"fundingHistory\",\"coin\":\"BTC\",\"startTime\":1}")) {
                assertEquals(rest.json(body), new RestClient(again).json(body));
                assertNotEquals(rest.json(body), new RestClient(other).json(body));
            }
            assertEquals(
                    rest.get("/fng/?limit=0").body(),
                    new RestClient(again).get("/fng/?limit=0").body());
            assertNotEquals(
                    rest.get("/fng/?limit=0").body(),
                    new RestClient(other).get("/fng/?limit=0").body());
        }
    }

    @Test
    void shouldGiveAllDaysOfFearAndGreedButThoseTheSourceLacks() throws Exception {
        JsonNode days = json.readTree(rest.get("/fng/?limit=0").body()).get("data");
        Set<String> seen = new HashSet<>();
        for (JsonNode day : days) {
            int value = Integer.parseInt(day.get("value").textValue());
            assertTrue(
                    value >= 5 && value <= 95 && seen.add(day.get("timestamp").textValue()), day.toString());
        }
        assertEquals(3_158 - 4, days.size());
        assertTrue(days.get(0).has("time_until_update") && !days.get(1).has("time_until_update"));
        assertEquals("59923", days.get(0).get("time_until_update").textValue());
        for (String missing : List.of("2018-04-14", "2018-04-15", "2018-04-16", "2024-10-26")) {
            long epoch = Instant.parse(missing + "T00:00:00Z").getEpochSecond();
            assertFalse(seen.contains(Long.toString(epoch)), missing);
        }
    }

    @Test
    void shouldGiveFearAndGreedInEveryForm() throws Exception {
        assertEquals(1, json.readTree(rest.get("/fng/").body()).get("data").size());
        assertTrue(rest.get("/fng/?date_format=world").body().contains("\"timestamp\": \"24-09-2026\""));
        assertTrue(rest.get("/fng/?date_format=us").body().contains("\"timestamp\": \"09-24-2026\""));
        assertTrue(rest.get("/fng/?date_format=kr").body().contains("\"timestamp\": \"2026-09-24\""));
        HttpResponse<String> csv = rest.get("/fng/?limit=2&format=csv&date_format=world");
        assertTrue(csv.body().contains("\t\"data\": [\nfng_value,fng_classification,date\n24-09-2026,"), csv.body());
        assertEquals(404, rest.get("/fngs/").statusCode());
    }
}
