package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.market.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds simulated frames to the recorded ones: same keys, key order and JSON types, sizes in the recorded ranges. */
class FrameShapeTest {

    private static final long START = 1_790_232_000_000L;
    private static final Subscription TRADES = Subscription.trades("BTC");

    private final ObjectMapper json = new ObjectMapper();
    private final SimulatedMarket market = new SimulatedMarket(MarketModel.of(3, START));

    @Test
    void shouldHaveTheRecordedKeysAndTypes() throws Exception {
        List<byte[]> recorded = Recordings.frames();
        for (Subscription subscription : List.of(
                TRADES,
                Subscription.book("BTC", false),
                Subscription.bbo("BTC"),
                Subscription.candle("BTC", "1m"),
                Subscription.assetContext("BTC"))) {
            JsonNode actual = json.readTree(frames(subscription, 1).get(0));
            List<Map<String, Set<String>>> shapes = new ArrayList<>();
            for (byte[] frame : recorded) {
                if (isOf(frame, subscription) && keys(json.readTree(frame)).equals(keys(actual))) {
                    shapes.add(Shape.of(json.readTree(frame)).types());
                }
            }
            assertTrue(shapes.contains(Shape.of(actual).types()), () -> subscription + " as in " + shapes);
        }
    }

    private boolean isOf(byte[] frame, Subscription subscription) {
        return FrameRoute.of(frame)
                .filter(route -> route.subscription().channel() == subscription.channel())
                .isPresent();
    }

    /** Field names in order, of the first element of each array. */
    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        if (node.isArray() && !node.isEmpty()) {
            keys.addAll(keys(node.get(0)));
        }
        node.properties().forEach(field -> {
            keys.add(field.getKey());
            keys.addAll(keys(field.getValue()));
        });
        return keys;
    }

    @Test
    void shouldHaveTheFieldsOfTheProtocol() throws Exception {
        assertEquals(
                "[channel, data, coin, side, px, sz, time, hash, tid, users]",
                keys(json.readTree(frames(TRADES, 1).get(0))).toString());
        assertEquals(
                "[channel, data, coin, time, levels, px, sz, n, fast]",
                keys(json.readTree(frames(Subscription.book("BTC", true), 1).get(0)))
                        .toString());
        assertEquals(
                "[channel, data, t, T, s, i, o, c, h, l, v, n]",
                keys(json.readTree(frames(Subscription.candle("BTC", "5m"), 1).get(0)))
                        .toString());
        assertEquals(
                "[channel, data, coin, ctx, prevDayPx, dayNtlVlm, markPx, midPx, circulatingSupply, coin, totalSupply,"
                        + " dayBaseVlm]",
                keys(json.readTree(frames(Subscription.assetContext("PURR/USDC"), 1)
                                .get(0)))
                        .toString());
    }

    /** The ranges of the protocol page; ten bytes of room where only a handful of frames was ever recorded. */
    @Test
    void shouldHaveTheRecordedSizes() {
        assertBetween(1_588, 1_650, frames(Subscription.book("BTC", false), 40));
        for (SimulatedCoin coin : SimulatedCoin.defaults()) {
            assertBetween(1_480, 1_744, frames(Subscription.book(coin.name(), false), 20));
        }
        assertBetween(450, 482, frames(Subscription.book("BTC", true), 100));
        assertBetween(126, 161, frames(Subscription.bbo("BTC"), 200));
        assertBetween(155, 170, frames(Subscription.candle("BTC", "1m"), 100));
        assertBetween(287, 326, frames(Subscription.assetContext("BTC"), 50));
        assertBetween(14_135, 19_374, frames(Subscription.allMids(""), 3));
        assertBetween(8_200, 8_330, List.of(market.snapshot(TRADES).orElseThrow()));
    }

    @Test
    void shouldHaveTradesOfTheRecordedSize() {
        int singles = 0;
        for (byte[] frame : frames(TRADES, 300)) {
            int trades = market.trades().size();
            if (FrameRoute.of(frame).orElseThrow().trades() == 1) {
                assertBetween(297, 306, List.of(frame));
                singles++;
            }
            assertTrue(trades <= 12);
        }
        assertTrue(singles > 100 && singles < 300);
    }

    private List<byte[]> frames(Subscription subscription, int count) {
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < count) {
            market.next();
            market.frame(subscription).ifPresent(frames::add);
        }
        return frames;
    }

    private static void assertBetween(int low, int high, List<byte[]> frames) {
        for (byte[] frame : frames) {
            assertTrue(
                    frame.length >= low && frame.length <= high,
                    () -> frame.length + " is not in " + low + ".." + high + ": "
                            + new String(frame, StandardCharsets.UTF_8));
        }
    }
}
