package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.market.Subscription;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final long START = 1_790_232_000_000L;
    private static final String BOOK =
            "{\"type\":\"l2Book\",\"coin\":\"SOL\",\"nSigFigs\":null,\"mantissa\":null,\"fast\":false}";

    private final ObjectMapper json = new ObjectMapper();
    private Simulator simulator;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        MarketModel model = MarketModel.of(1, START).withCadence(new Cadence(20, 10, 30, 10));
        simulator = Simulator.start(SimulatorConfig.of(model));
        client = TestClient.connect(simulator);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        simulator.close();
    }

    @Test
    void shouldAcknowledgeSubscriptionsAsTheVenueNormalisesThem() throws InterruptedException {
        client.subscribe("{\"coin\":\"SOL\",\"type\":\"l2Book\"}");
        assertEquals(ack("subscribe", BOOK), client.next("subscriptionResponse"));
        client.subscribe("{\"type\":\"candle\",\"coin\":\"BTC\",\"interval\":\"1d\"}");
        assertEquals(
                ack("subscribe", "{\"type\":\"candle\",\"interval\":\"1d\",\"coin\":\"BTC\"}"),
                client.next("subscriptionResponse"));
        client.subscribe("{\"type\":\"allMids\"}");
        assertEquals(ack("subscribe", "{\"type\":\"allMids\"}"), client.next("subscriptionResponse"));
        client.send("{\"method\":\"unsubscribe\",\"subscription\":{\"type\":\"l2Book\",\"coin\":\"SOL\"}}");
        assertEquals(ack("unsubscribe", BOOK), client.next("subscriptionResponse"));
    }

    @Test
    void shouldAnswerWrongRequestsWithTheVenuesTexts() throws InterruptedException {
        client.subscribe("{\"type\":\"l2Book\",\"coin\":\"SOL\"}");
        client.subscribe("{\"type\":\"l2Book\",\"coin\":\"SOL\",\"nSigFigs\":null}");
        assertEquals(error("Already subscribed: " + BOOK), client.next("error"));
        client.send("{\"method\":\"unsubscribe\",\"subscription\":{\"type\":\"bbo\",\"coin\":\"SOL\"}}");
        assertEquals(error("Already unsubscribed: {\"type\":\"bbo\",\"coin\":\"SOL\"}"), client.next("error"));
        for (String wrong : List.of(
                "{\"method\":\"post\",\"request\":{\"type\":\"info\",\"payload\":{\"type\":\"meta\"}}}",
                "{\"method\":\"subscribe\",\"xsubscription\":{\"type\":\"bbo\",\"coin\":\"SOL\"}}",
                "{\"method\":\"subscribe\",\"subscription\":{\"type\":\"bbo\",\"coin\":[\"BTC\",\"ETH\"]}}",
                "{\"method\":\"subscribe\",\"subscription\":{\"type\":\"candle\",\"coin\":\"BTC\",\"interval\":\"7m\"}}",
                "not json\n\"quoted\"")) {
            client.send(wrong);
            assertEquals(error("Error parsing JSON into valid websocket request: " + wrong), client.next("error"));
        }
        client.send("{\"method\":\"ping\"}");
        assertEquals("{\"channel\":\"pong\"}", client.next("pong"));
    }

    @Test
    void shouldAnswerWhatIsAskedOverTheSocketAsByPost() throws Exception {
        client.send(
                "{\"method\":\"post\",\"id\":7,\"request\":{\"type\":\"info\",\"payload\":{\"type\":\"l2Book\",\"coin\":\"SOL\"}}}");
        JsonNode book = json.readTree(client.next("post")).get("data");
        assertEquals(7, book.get("id").intValue());
        assertEquals("info", book.at("/response/type").textValue());
        assertEquals("l2Book", book.at("/response/payload/type").textValue());
        assertEquals(20, book.at("/response/payload/data/levels/0").size());
        for (String refused : List.of(
                "{\"type\":\"info\",\"payload\":{\"type\":\"nothing\"}}", "{\"type\":\"action\",\"payload\":{}}")) {
            client.send("{\"method\":\"post\",\"id\":8,\"request\":" + refused + '}');
            assertEquals(
                    "{\"channel\":\"post\",\"data\":{\"id\":8,\"response\":{\"type\":\"error\",\"payload\":\"422 Unprocessable Entity\"}}}",
                    client.next("post"));
        }
    }

    @Test
    void shouldCloseTheSocketWithoutAWordForAnUnknownCoin() throws IOException {
        try (RawClient raw = new RawClient(simulator)) {
            raw.subscribe("trades", "BTC").next("\"channel\":\"trades\"");
            raw.subscribe("trades", "btc");
            assertThrows(EOFException.class, () -> raw.next("the last word"));
        }
    }

    @Test
    void shouldCloseTheSocketForAnAggregationThatIsNotOffered() throws IOException {
        try (RawClient raw = new RawClient(simulator)) {
            raw.send("{\"method\":\"subscribe\",\"subscription\":"
                    + "{\"type\":\"l2Book\",\"coin\":\"BTC\",\"nSigFigs\":4,\"mantissa\":2}}");
            assertThrows(EOFException.class, () -> raw.next("the last word"));
        }
    }

    @Test
    void shouldSendThirtyTradesFirstAndNoTradeTwice() throws Exception {
        client.subscribe("{\"type\":\"trades\",\"coin\":\"BTC\"}");
        assertEquals(ack("subscribe", "{\"type\":\"trades\",\"coin\":\"BTC\"}"), client.next());
        JsonNode snapshot = json.readTree(client.next("trades")).get("data");
        assertEquals(30, snapshot.size());
        JsonNode newest = snapshot.get(29);
        JsonNode following = json.readTree(client.next("trades")).get("data").get(0);
        assertTrue(following.get("time").longValue() > newest.get("time").longValue());
    }

    @Test
    void shouldCountWhatAClientReceived() throws Exception {
        client.subscribe("{\"type\":\"trades\",\"coin\":\"BTC\"}");
        client.subscribe("{\"type\":\"l2Book\",\"coin\":\"ETH\",\"fast\":true}");
        client.next("l2Book", 20);
        client.send("{\"method\":\"unsubscribe\",\"subscription\":{\"type\":\"trades\",\"coin\":\"BTC\"}}");
        client.send(
                "{\"method\":\"unsubscribe\",\"subscription\":{\"type\":\"l2Book\",\"coin\":\"ETH\",\"fast\":true}}");
        client.send("{\"method\":\"ping\"}");
        client.next("pong");
        SimulatorStats stats = simulator.stats();
        assertEquals(1, stats.connections());
        assertTrue(stats.subscriptions().get(Subscription.book("ETH", true)).frames() >= 20);
        assertEquals(5, stats.controlFrames());
        assertEquals(
                stats.trades(),
                stats.subscriptions().get(Subscription.trades("BTC")).trades());
        assertTrue(stats.trades() >= 30);
    }

    @Test
    void shouldGreetInPlainTextWhenAsked() throws Exception {
        try (Simulator greeting = Simulator.start(
                        SimulatorConfig.of(MarketModel.of(1, START)).withGreeting());
                TestClient greeted = TestClient.connect(greeting)) {
            assertEquals("Websocket connection established.", greeted.next());
        }
    }

    @Test
    void shouldGiveEverySocketTheSameTrades() throws Exception {
        try (TestClient other = TestClient.connect(simulator)) {
            client.subscribe("{\"type\":\"trades\",\"coin\":\"BTC\"}");
            other.subscribe("{\"type\":\"trades\",\"coin\":\"BTC\"}");
            client.next("trades");
            other.next("trades");
            List<String> frames = client.next("trades", 3);
            assertTrue(frames.contains(other.next("trades")));
        }
    }

    private static String ack(String method, String subscription) {
        return "{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"" + method + "\",\"subscription\":"
                + subscription + "}}";
    }

    private static String error(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\u000a");
        return "{\"channel\":\"error\",\"data\":\"" + escaped + "\"}";
    }
}
