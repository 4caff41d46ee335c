package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.market.Subscription;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedMarketTest {

    private static final long START = 1_790_232_000_000L;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void shouldGiveEqualBytesForEqualModels() {
        for (Subscription subscription : List.of(
                Subscription.trades("SOL"),
                Subscription.book("SOL", false),
                Subscription.book("SOL", true),
                Subscription.bbo("SOL"),
                Subscription.candle("SOL", "1m"),
                Subscription.allMids(""),
                Subscription.assetContext("SOL"))) {
            assertArrayEquals(play(7, subscription), play(7, subscription));
        }
        Subscription trades = Subscription.trades("SOL");
        assertNotEquals(
                new String(play(7, trades), StandardCharsets.UTF_8),
                new String(play(8, trades), StandardCharsets.UTF_8));
    }

    @Test
    void shouldGiveACoinTheSameTradesAmongOtherCoins() {
        Subscription trades = Subscription.trades("SOL");
        MarketModel alone = MarketModel.of(7, START).withCoins(List.of(SimulatedCoin.named("SOL")));
        assertArrayEquals(play(new SimulatedMarket(alone), trades), play(7, trades));
    }

    private static byte[] play(long seed, Subscription subscription) {
        return play(new SimulatedMarket(MarketModel.of(seed, START)), subscription);
    }

    private static byte[] play(SimulatedMarket market, Subscription subscription) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        market.snapshot(subscription).ifPresent(bytes::writeBytes);
        while (market.nextTimeMs() < START + 60_000) {
            market.next();
            market.frame(subscription).ifPresent(bytes::writeBytes);
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldNeverCrossABookNorLeaveThePriceGrid() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            SimulatedMarket market = new SimulatedMarket(MarketModel.of(seed, START));
            for (SimulatedCoin coin : SimulatedCoin.defaults()) {
                for (int i = 0; i < 40; i++) {
                    JsonNode data = next(market, Subscription.book(coin.name(), true));
                    String where = "seed " + seed + ' ' + data;
                    assertSide(data.get("levels").get(0), -1, coin, where);
                    assertSide(data.get("levels").get(1), 1, coin, where);
                    assertTrue(price(data, 0).compareTo(price(data, 1)) < 0, where);
                }
            }
        }
    }

    private static BigDecimal price(JsonNode data, int side) {
        return new BigDecimal(data.get("levels").get(side).get(0).get("px").textValue());
    }

    private static void assertSide(JsonNode levels, int direction, SimulatedCoin coin, String where) {
        BigDecimal last = null;
        for (JsonNode level : levels) {
            BigDecimal px = new BigDecimal(level.get("px").textValue()).stripTrailingZeros();
            assertTrue(px.precision() <= 5 || px.scale() <= 0, where);
            assertTrue(px.scale() <= coin.priceDecimals(), where);
            BigDecimal sz = new BigDecimal(level.get("sz").textValue()).stripTrailingZeros();
            assertTrue(sz.signum() > 0 && sz.scale() <= coin.sizeDecimals(), where);
            assertTrue(last == null || px.compareTo(last) * direction > 0, where);
            last = px;
        }
    }

    @Test
    void shouldTradeAtTheBestPriceOfTheBookBefore() throws Exception {
        SimulatedMarket market = new SimulatedMarket(MarketModel.of(11, START));
        JsonNode top = json.readTree(market.snapshot(Subscription.bbo("ETH")).orElseThrow())
                .get("data")
                .get("bbo");
        for (int blocks = 0; blocks < 300; ) {
            market.next();
            for (SimulatedTrade trade : ofCoin(market, "ETH")) {
                long best = scaled(top.get(trade.buy() ? 1 : 0).get("px").textValue());
                assertTrue(trade.buy() ? trade.price() >= best : trade.price() <= best, trade::toString);
                blocks++;
            }
            JsonNode now = json.readTree(
                    market.frame(Subscription.bbo("ETH")).orElseGet(() -> "{}".getBytes(StandardCharsets.UTF_8)));
            top = now.has("data") ? now.get("data").get("bbo") : top;
        }
    }

    private static List<SimulatedTrade> ofCoin(SimulatedMarket market, String coin) {
        return market.frame(Subscription.trades(coin)).isPresent() ? market.trades() : List.of();
    }

    private static long scaled(String price) {
        return new BigDecimal(price).movePointRight(8).longValueExact();
    }

    @Test
    void shouldBuildCandlesFromItsTrades() throws Exception {
        SimulatedMarket market = new SimulatedMarket(MarketModel.of(12, START + 1));
        List<SimulatedTrade> minute = new ArrayList<>();
        JsonNode candle = null;
        while (market.nextTimeMs() < START + 180_000) {
            market.next();
            for (SimulatedTrade trade : ofCoin(market, "BTC")) {
                if (trade.timeMs() >= START + 60_000 && trade.timeMs() < START + 120_000) {
                    minute.add(trade);
                    candle = json.readTree(market.frame(Subscription.candle("BTC", "1m"))
                                    .orElseThrow())
                            .get("data");
                }
            }
        }
        assertEquals(START + 60_000, candle.get("t").longValue());
        assertEquals(minute.size(), candle.get("n").longValue());
        assertEquals(minute.get(0).price(), scaled(candle.get("o").textValue()));
        assertEquals(
                minute.get(minute.size() - 1).price(), scaled(candle.get("c").textValue()));
        assertEquals(
                minute.stream().mapToLong(SimulatedTrade::price).max().orElseThrow(),
                scaled(candle.get("h").textValue()));
        assertEquals(
                minute.stream().mapToLong(SimulatedTrade::size).sum(),
                scaled(candle.get("v").textValue()));
    }

    @Test
    void shouldAddItsTradesToTheDaysVolume() throws Exception {
        SimulatedMarket market = new SimulatedMarket(MarketModel.of(13, START));
        Subscription context = Subscription.assetContext("HYPE");
        BigDecimal before =
                volume(json.readTree(market.snapshot(context).orElseThrow()).get("data"));
        BigDecimal traded = BigDecimal.ZERO;
        while (market.nextTimeMs() < START + 30_000) {
            market.next();
            for (SimulatedTrade trade : ofCoin(market, "HYPE")) {
                traded = traded.add(BigDecimal.valueOf(trade.size(), 8));
            }
        }
        BigDecimal after =
                volume(json.readTree(market.snapshot(context).orElseThrow()).get("data"));
        assertEquals(0, after.subtract(before).compareTo(traded));
        assertTrue(traded.signum() > 0);
    }

    private static BigDecimal volume(JsonNode data) {
        return new BigDecimal(data.get("ctx").get("dayBaseVlm").textValue());
    }

    @Test
    void shouldSnapshotThirtyTradesInOrderOrInDisorder() throws Exception {
        MarketModel model = MarketModel.of(14, START);
        List<Long> sorted = times(model);
        assertEquals(30, sorted.size());
        assertEquals(sorted.stream().sorted().toList(), sorted);
        List<Long> unsorted = times(model.withUnsortedSnapshots());
        assertNotEquals(sorted, unsorted);
        assertEquals(sorted, unsorted.stream().sorted().toList());
    }

    private List<Long> times(MarketModel model) throws Exception {
        List<Long> times = new ArrayList<>();
        byte[] snapshot =
                new SimulatedMarket(model).snapshot(Subscription.trades("BTC")).orElseThrow();
        json.readTree(snapshot)
                .get("data")
                .forEach(trade -> times.add(trade.get("time").longValue()));
        return times;
    }

    @Test
    void shouldSendABestPriceOnlyWhenItChanged() throws Exception {
        SimulatedMarket market = new SimulatedMarket(MarketModel.of(15, START));
        Set<String> distinct = new HashSet<>();
        String last = "";
        for (int i = 0; i < 300; i++) {
            String top = next(market, Subscription.bbo("BTC")).get("bbo").toString();
            assertNotEquals(last, top);
            distinct.add(top);
            last = top;
        }
        assertTrue(distinct.size() > 100);
    }

    @Test
    void shouldAggregateABookAsTheVenueDoes() throws Exception {
        SimulatedMarket market = new SimulatedMarket(MarketModel.of(16, START));
        Topic topic = new Topic(Subscription.book("BTC", false), 4, 0);
        JsonNode data = json.readTree(market.snapshot(topic, 0).orElseThrow()).get("data");
        for (JsonNode side : data.get("levels")) {
            for (JsonNode level : side) {
                assertEquals(0, scaled(level.get("px").textValue()) % scaled("10"));
            }
        }
        assertEquals(
                scaled(data.get("spread").textValue()),
                price(data, 1).subtract(price(data, 0)).movePointRight(8).longValueExact());
    }

    @Test
    void shouldRefuseModelsThatMakeNoMarket() {
        MarketModel model = MarketModel.of(1, START);
        SimulatedCoin btc = SimulatedCoin.named("BTC");
        assertThrows(IllegalArgumentException.class, () -> model.withCoins(List.of()));
        assertThrows(IllegalArgumentException.class, () -> model.withCoins(List.of(btc, btc)));
        assertThrows(IllegalArgumentException.class, () -> MarketModel.of(1, 5));
        assertThrows(IllegalArgumentException.class, () -> SimulatedCoin.named("B\"C"));
        assertFalse(SimulatedCoin.named("xyz:TSLA").spot());
    }

    private JsonNode next(SimulatedMarket market, Subscription subscription) throws Exception {
        market.next();
        while (market.frame(subscription).isEmpty()) {
            market.next();
        }
        return json.readTree(market.frame(subscription).orElseThrow()).get("data");
    }
}
