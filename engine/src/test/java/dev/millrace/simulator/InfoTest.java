package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InfoTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Simulator simulator;

    @BeforeAll
    static void start() throws IOException {
        List<SimulatedCoin> coins = new ArrayList<>(SimulatedCoin.defaults());
        coins.add(SimulatedCoin.named("xyz:TSLA"));
        coins.add(SimulatedCoin.named("@107"));
        simulator = Simulator.start(
                SimulatorConfig.of(MarketModel.of(1, 1_790_232_000_000L).withCoins(coins)));
    }

    @AfterAll
    static void stop() throws IOException {
        simulator.close();
    }

    @Test
    void shouldReplyInTheRecordedShapes() throws Exception {
        assertWithin("rest/20251213-meta.json", "{\"type\":\"meta\"}");
        assertWithin("rest/20260206-metaAndAssetCtxs.json", "{\"type\":\"metaAndAssetCtxs\",\"dex\":\"\"}");
        assertWithin("rest/20260731-h5i-spot_meta.json", "{\"type\":\"spotMeta\"}");
        assertWithin("rest/20260622-perpdexs.json", "{\"type\":\"perpDexs\"}");
        assertWithin("rest/20260731-h5i-l2_book.json", "{\"type\":\"l2Book\",\"coin\":\"BTC\"}");
        assertWithin("rest/20260622-l2book_btc_nsf3.json", "{\"type\":\"l2Book\",\"coin\":\"BTC\",\"nSigFigs\":3}");
    }

    /** Every path of the reply was recorded, with that type; and no field is missing that every recorded element has. */
    private static void assertWithin(String file, String request) throws Exception {
        Map<String, Set<String>> recorded = Shape.of(JSON.readTree(Files.readString(Recordings.hyperliquid(file))))
                .types();
        Map<String, Set<String>> reply = Shape.of(json(request)).types();
        reply.forEach((path, types) -> {
            Set<String> known = new TreeSet<>(recorded.getOrDefault(path, Set.of()));
            assertTrue(known.containsAll(types), () -> request + ' ' + path + ' ' + types + " recorded as " + known);
        });
        assertTrue(reply.size() >= recorded.size() / 2, () -> "few fields in " + reply.keySet());
    }

    @Test
    void shouldDescribeItsCoins() throws Exception {
        JsonNode meta = json("{\"type\":\"metaAndAssetCtxs\"}");
        assertEquals(meta.get(0).get("universe").size(), meta.get(1).size());
        assertEquals("BTC", meta.get(0).get("universe").get(0).get("name").textValue());
        assertEquals(5, meta.get(0).get("universe").get(0).get("szDecimals").intValue());
        JsonNode spot = json("{\"type\":\"spotMeta\"}").get("universe");
        assertEquals("PURR/USDC", spot.get(0).get("name").textValue());
        assertEquals(107, spot.get(1).get("index").intValue());
        assertEquals("xyz", json("{\"type\":\"perpDexs\"}").get(1).get("name").textValue());
        assertEquals(
                "xyz:TSLA",
                json("{\"type\":\"meta\",\"dex\":\"xyz\"}")
                        .get("universe")
                        .get(0)
                        .get("name")
                        .textValue());
        assertEquals(
                "xyz:TSLA",
                json("{\"type\":\"allMids\",\"dex\":\"xyz\"}").fieldNames().next());
        assertTrue(json("{\"type\":\"allMids\"}").has("PURR/USDC"));
    }

    @Test
    void shouldGiveRecentTradesNewestFirst() throws Exception {
        JsonNode trades = json("{\"type\":\"recentTrades\",\"coin\":\"ETH\"}");
        assertEquals(30, trades.size());
        for (int i = 1; i < trades.size(); i++) {
            assertTrue(trades.get(i).get("time").longValue()
                    <= trades.get(i - 1).get("time").longValue());
        }
    }

    @Test
    void shouldRefuseAsTheVenueDoes() throws Exception {
        String undeserializable = "422 Failed to deserialize the JSON body into the target type";
        assertEquals("200 null", post("{\"type\":\"l2Book\",\"coin\":\"btc\"}"));
        assertEquals("500 null", post("{\"type\":\"meta\",\"dex\":\"nobody\"}"));
        assertEquals("500 null", post("{\"type\":\"l2Book\",\"coin\":\"BTC\",\"nSigFigs\":5,\"mantissa\":1}"));
        assertEquals("400 Failed to parse the request body as JSON", post("{\"type\":"));
        assertEquals(undeserializable, post("{\"type\":\"nothing\"}"));
        assertEquals(undeserializable, post("{\"type\":\"l2Book\"}"));
        assertEquals(undeserializable, post("[]"));
        assertEquals(405, send(request().GET().build()).statusCode());
        HttpRequest.Builder text = HttpRequest.newBuilder(URI.create(simulator.restUrl() + "/info"));
        assertEquals(
                415,
                send(text.POST(HttpRequest.BodyPublishers.ofString("{}")).build())
                        .statusCode());
        URI elsewhere = URI.create(simulator.restUrl() + "/other");
        assertEquals(404, send(HttpRequest.newBuilder(elsewhere).GET().build()).statusCode());
    }

    private static JsonNode json(String body) throws Exception {
        String reply = post(body);
        assertTrue(reply.startsWith("200 "), reply);
        return JSON.readTree(reply.substring(4));
    }

    private static String post(String body) throws Exception {
        HttpResponse<String> response =
                send(request().POST(HttpRequest.BodyPublishers.ofString(body)).build());
        return response.statusCode() + " " + response.body();
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(simulator.restUrl() + "/info"))
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
