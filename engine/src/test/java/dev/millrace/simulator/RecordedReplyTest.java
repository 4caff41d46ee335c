package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the exchange to what was recorded of the venue: each REST reply, Fear and Greed, and each kind of frame: key
 * sets, types and orders of magnitude. Never recorded, and so held to the protocol page alone, are exchangeStatus,
 * recentTrades, the fast book, the spot context and allMids of one dex.
 */
class RecordedReplyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static Simulator simulator;
    private static RestClient rest;

    @BeforeAll
    static void start() throws IOException {
        List<SimulatedCoin> coins = new ArrayList<>(SimulatedCoin.defaults());
        coins.add(SimulatedCoin.named("xyz:TSLA"));
        coins.add(SimulatedCoin.named("@107"));
        simulator = Simulator.start(
                SimulatorConfig.of(MarketModel.of(1, 1_790_232_000_000L).withCoins(coins)));
        rest = new RestClient(simulator);
    }

    @AfterAll
    static void stop() throws IOException {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20260731-h5i-candles | {'type':'candleSnapshot','req':{'coin':'BTC','interval':'1h','startTime':1}}",
                "20230717-candleSnapshot-kPEPE-1h"
                        + " | {'type':'candleSnapshot','req':{'coin':'kPEPE','interval':'1h','startTime':1}}",
                "20260731-h5i-funding | {'type':'fundingHistory','coin':'BTC','startTime':1790000000000}",
                "20230717-fundingHistory-BTC-from-20230419 | {'type':'fundingHistory','coin':'BTC','startTime':1}",
                "20250822-spotMetaAndAssetCtxs | {'type':'spotMetaAndAssetCtxs'}",
                "20260731-h5i-spot_meta | {'type':'spotMeta'}",
                "20251213-meta | {'type':'meta'}",
                "20260206-metaAndAssetCtxs | {'type':'metaAndAssetCtxs'}",
                "20260206-metaAndAssetCtxs-dex-xyz | {'type':'metaAndAssetCtxs','dex':'xyz'}",
                "20260622-perpdexs | {'type':'perpDexs'}",
                "20251213-allMids | {'type':'allMids'}",
                "20260731-h5i-l2_book | {'type':'l2Book','coin':'BTC'}",
                "20260622-l2book_btc_nsf3 | {'type':'l2Book','coin':'BTC','nSigFigs':3}",
                "20260622-l2book_btc_nsf5_m5 | {'type':'l2Book','coin':'BTC','nSigFigs':5,'mantissa':5}",
            })
    void shouldReplyWithRecordedKeysTypesAndMagnitudes(String recording, String request) throws Exception {
        Path file = Recordings.hyperliquid("rest/" + recording + ".json");
        assertAlike(JSON.readTree(Files.readString(file)), rest.json(request.replace('\'', '"')), recording);
    }

    @Test
    void shouldGiveFearAndGreedAsRecorded() throws Exception {
        String recorded = Files.readString(fearGreed("fng-20260925-limit2.json"));
        String reply = rest.get("/fng/?limit=2").body();
        assertAlike(JSON.readTree(recorded), JSON.readTree(reply), "fng");
        assertEquals(blanked(recorded.strip()), blanked(reply));
        String csv = Files.readString(fearGreed("fng-20240501-limit0-format-csv-date_format-world.txt"));
        String ours = rest.get("/fng/?limit=0&format=csv&date_format=world").body();
        assertEquals(csv.lines().limit(4).toList(), ours.lines().limit(4).toList());
        assertEquals(tail(csv, 5), tail(ours, 5));
        assertEquals(columns(csv), columns(ours));
        Map<String, String> classes = new HashMap<>();
        rows(csv).forEach(row -> classes.put(row.split(",", -1)[1], row.split(",", -1)[2]));
        rows(ours)
                .forEach(row -> assertEquals(
                        classes.getOrDefault(row.split(",", -1)[1], row.split(",", -1)[2]),
                        row.split(",", -1)[2],
                        row));
    }

    private static Path fearGreed(String name) {
        return dev.millrace.Recordings.file("fear-greed/" + name);
    }

    /** With every number and class the same. */
    private static String blanked(String text) {
        return text.replaceAll("[0-9]+", "0").replaceAll("(Extreme )?(Fear|Greed|Neutral)\"", "CLASS\"");
    }

    private static String tail(String text, int lines) {
        List<String> all = text.lines().toList();
        return String.join("\n", all.subList(all.size() - lines, all.size()));
    }

    private static List<String> rows(String csv) {
        return csv.lines().filter(line -> line.matches("[0-9]{2}-.*")).toList();
    }

    private static Set<Integer> columns(String csv) {
        Set<Integer> columns = new TreeSet<>();
        rows(csv).forEach(row -> columns.add(row.split(",", -1).length));
        return columns;
    }

    @Test
    void shouldSendFramesOfRecordedMagnitudes() throws Exception {
        List<JsonNode> recorded = new ArrayList<>();
        for (byte[] frame : Recordings.frames()) {
            String text = new String(frame, StandardCharsets.UTF_8);
            if (text.startsWith("{")) {
                recorded.add(JSON.readTree(text));
            }
        }
        try (TestClient client = TestClient.connect(simulator)) {
            for (String channel : List.of("trades", "l2Book", "bbo", "activeAssetCtx")) {
                client.subscribe("{\"type\":\"" + channel + "\",\"coin\":\"BTC\"}");
            }
            client.subscribe("{\"type\":\"candle\",\"coin\":\"AAVE\",\"interval\":\"1m\"}");
            client.subscribe("{\"type\":\"allMids\"}");
            client.send("{\"method\":\"ping\"}");
            client.subscribe("{\"type\":\"trades\"}");
            Set<String> awaited = new TreeSet<>(List.of(
                    "subscriptionResponse",
                    "trades",
                    "l2Book",
                    "bbo",
                    "activeAssetCtx",
                    "allMids",
                    "candle",
                    "pong",
                    "error"));
            for (int i = 0; i < 2_000 && !awaited.isEmpty(); i++) {
                JsonNode frame = JSON.readTree(client.next());
                String channel = frame.get("channel").textValue();
                awaited.remove(channel);
                assertAlike(merged(recorded, channel), frame, channel);
            }
            assertEquals(Set.of(), awaited);
        }
    }

    /** All recorded frames of a channel; a frame is alike when it is an element of such a list. */
    private static JsonNode merged(List<JsonNode> recorded, String channel) {
        var all = JSON.createArrayNode();
        recorded.stream()
                .filter(frame -> frame.path("channel").asText().equals(channel))
                .forEach(all::add);
        assertTrue(!all.isEmpty(), () -> "nothing recorded of " + channel);
        return all;
    }

    /**
     * Every path of ours was recorded with that type, no object lacks a field that every recorded one of its path has,
     * and the numbers of a path lie within three orders of magnitude of the recorded ones.
     */
    private static void assertAlike(JsonNode recordedAll, JsonNode oursAlone, String what) {
        boolean list = recordedAll.isArray() && oursAlone.isObject();
        JsonNode recorded = withoutNames(recordedAll);
        JsonNode ours = withoutNames(list ? JSON.createArrayNode().add(oursAlone) : oursAlone);
        Map<String, Set<String>> known = Shape.of(recorded).types();
        Shape.of(ours)
                .types()
                .forEach((path, type) -> assertTrue(
                        known.getOrDefault(path, Set.of()).containsAll(type),
                        () -> what + ' ' + path + ' ' + type + " recorded as " + known.get(path)));
        Map<String, Traits> traits = Traits.of(recorded);
        Traits.of(ours).forEach((path, trait) -> trait.assertLike(traits.get(path), what + ' ' + path));
    }

    /** A map from coins to prices becomes a list of prices, for its keys are not those of a record. */
    private static JsonNode withoutNames(JsonNode node) {
        if (node.isArray()) {
            var copy = JSON.createArrayNode();
            node.forEach(element -> copy.add(withoutNames(element)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        var copy = JSON.createObjectNode();
        var prices = JSON.createArrayNode();
        node.properties().forEach(field -> {
            copy.set(field.getKey(), withoutNames(field.getValue()));
            if (Traits.isDecimal(field.getValue())) {
                prices.add(field.getValue());
            }
        });
        return !prices.isEmpty() && prices.size() == copy.size() ? prices : copy;
    }
}
