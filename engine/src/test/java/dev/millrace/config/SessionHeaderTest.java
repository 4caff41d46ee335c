package dev.millrace.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Basis;
import dev.millrace.market.Timeframe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionHeaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldRoundTripTheDefaults() {
        SessionHeader header = header(ConfigFiles.defaults().engine().results());
        byte[] payload = header.toPayload();
        assertEquals(header, SessionHeader.parse(payload, payload.length));
    }

    @Test
    void shouldRoundTripAnySettings() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            SessionHeader header = header(randomResults(random));
            byte[] payload = header.toPayload();
            byte[] longer = Arrays.copyOf(payload, payload.length + random.nextInt(50));
            SessionHeader read = SessionHeader.parse(longer, payload.length);
            assertEquals(header, read, "seed " + seed + ", round " + i);
            assertArrayEquals(payload, read.toPayload(), "seed " + seed + ", round " + i);
        }
    }

    @Test
    void shouldPassOverKeysOfANewerVersion() throws IOException {
        SessionHeader header = header(ConfigFiles.defaults().engine().results());
        ObjectNode tree = (ObjectNode) JSON.readTree(header.toPayload());
        tree.put("novelty", 1);
        ((ObjectNode) tree.get("bars")).putArray("colours").add("red");
        byte[] payload = JSON.writeValueAsBytes(tree);
        assertEquals(header, SessionHeader.parse(payload, payload.length));
    }

    @Test
    void shouldReadAHeaderFromBeforeFreshnessWasJudged() throws IOException {
        SessionHeader header = header(ConfigFiles.defaults().engine().results());
        ObjectNode tree = (ObjectNode) JSON.readTree(header.toPayload());
        tree.remove("freshness");
        ((ObjectNode) tree.get("feed")).remove("probe-interval");
        byte[] payload = JSON.writeValueAsBytes(tree);
        assertEquals(header, SessionHeader.parse(payload, payload.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine-version",
                "semantics-version",
                "start-reason",
                "environment",
                "clock-sync",
                "feed.coins",
                "feed.channels",
                "order.window-trades",
                "order.window-max-trades",
                "order.fresh-for",
                "clock.max-carry",
                "clock.max-step",
                "clock.max-ahead",
                "bars.timeframes",
                "bars.basis",
                "bars.close-delay",
                "bars.revision-window",
                "bars.empty",
                "freshness.min-cadence",
                "freshness.max-cadence",
                "freshness.max-lag",
                "freshness.min-retry",
                "freshness.max-retry",
                "feed.probe-interval"
            })
    void shouldNameAMissingSetting(String key) throws IOException {
        ObjectNode tree = (ObjectNode)
                JSON.readTree(header(ConfigFiles.defaults().engine().results()).toPayload());
        int dot = key.indexOf('.');
        ObjectNode section = dot < 0 ? tree : (ObjectNode) tree.get(key.substring(0, dot));
        section.remove(key.substring(dot + 1));
        String message = refusal(JSON.writeValueAsBytes(tree));
        assertTrue(message.startsWith("session header: " + key + " is missing"), message);
    }

    @Test
    void shouldSayThatItIsNoHeader() {
        String text = refusal("Websocket connection established.".getBytes(StandardCharsets.UTF_8));
        assertTrue(text.startsWith("session header: "), text);
        String reason = refusal("{\"engine-version\":\"1\",\"semantics-version\":1,\"start-reason\":\"bored\"}"
                .getBytes(StandardCharsets.UTF_8));
        assertTrue(reason.contains("start-reason = bored: must be first, clean"), reason);
    }

    private static String refusal(byte[] payload) {
        return assertThrows(IllegalArgumentException.class, () -> SessionHeader.parse(payload, payload.length))
                .getMessage();
    }

    private static SessionHeader header(ResultConfig results) {
        return new SessionHeader(
                "0.1.0", 1, StartReason.UNCLEAN, "mainnet", "unknown", "top:20", "trades,bbo \"quoted\" ∞", results);
    }

    private static ResultConfig randomResults(Random random) {
        int window = 1 + random.nextInt(10_000);
        OrderConfig order = new OrderConfig(window, window + random.nextInt(10_000), positive(random));
        ClockConfig clock = new ClockConfig(any(random), any(random), positive(random));
        List<Timeframe> timeframes = random.ints(0, 7)
                .distinct()
                .limit(1 + random.nextInt(7))
                .sorted()
                .mapToObj(i -> Timeframe.parse(
                        List.of("1s", "1m", "5m", "15m", "1h", "4h", "7d").get(i)))
                .toList();
        List<Basis> bases = random.nextBoolean() ? List.of(Basis.MID) : List.of(Basis.TRADE, Basis.MID);
        EmptyBars empty = EmptyBars.values()[random.nextInt(EmptyBars.values().length)];
        Duration least = positive(random);
        FreshnessConfig freshness = new FreshnessConfig(
                positive(random),
                least,
                least.plus(any(random)),
                positive(random),
                least,
                least.plus(any(random)),
                positive(random));
        BarsConfig bars = new BarsConfig(timeframes, bases, any(random), any(random), empty);
        return new ResultConfig(order, clock, bars, freshness);
    }

    private static Duration positive(Random random) {
        return any(random).plusNanos(1);
    }

    /** Of any size and grain, zero included. */
    private static Duration any(Random random) {
        long[] grains = {1, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 86_400_000_000_000L};
        return Duration.ofNanos(grains[random.nextInt(grains.length)] * random.nextInt(1_000));
    }
}
