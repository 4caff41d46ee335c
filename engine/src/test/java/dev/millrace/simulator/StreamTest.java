package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamTest {

    private static final long START = 1_790_232_000_000L;
    private static final String TRADES = "{\"type\":\"trades\",\"coin\":\"BTC\"}";

    private final ObjectMapper json = new ObjectMapper();

    private static SimulatorConfig max() {
        return SimulatorConfig.of(MarketModel.of(5, START)).withPace(Pace.max());
    }

    @Test
    void shouldSendEqualBytesForASeedWhateverElseIsSubscribed() throws Exception {
        List<String> alone = frames(TRADES, null);
        List<String> among = frames(TRADES, "{\"type\":\"l2Book\",\"coin\":\"ETH\"}");
        assertEquals(alone, among);
    }

    private static List<String> frames(String wanted, String other) throws Exception {
        try (Simulator simulator = Simulator.start(max());
                TestClient client = TestClient.connect(simulator)) {
            if (other != null) {
                client.subscribe(other);
            }
            client.subscribe(wanted);
            return client.next("trades", 500);
        }
    }

    @Test
    void shouldSendNewTradesInEveryRound() throws Exception {
        try (Simulator simulator = Simulator.start(max());
                TestClient client = TestClient.connect(simulator)) {
            client.subscribe(TRADES);
            Set<String> seen = new HashSet<>();
            long last = 0;
            boolean wrapped = false;
            while (!wrapped) {
                for (JsonNode trade : json.readTree(client.next("trades")).get("data")) {
                    assertTrue(seen.add(trade.get("time") + "/" + trade.get("tid")), () -> "twice: " + trade);
                    assertTrue(trade.get("time").longValue() >= last, () -> "backwards: " + trade);
                    assertTrue(trade.get("tid").longValue() < 1L << 50);
                    last = trade.get("time").longValue();
                    wrapped = last > START + 2 * FrameBlock.FRAMES;
                }
            }
        }
    }

    @Test
    void shouldKeepARate() throws Exception {
        SimulatorConfig config = max().withPace(Pace.rate(2_000));
        try (Simulator simulator = Simulator.start(config);
                TestClient client = TestClient.connect(simulator)) {
            long startNs = System.nanoTime();
            client.subscribe(TRADES);
            client.subscribe("{\"type\":\"bbo\",\"coin\":\"ETH\"}");
            client.next("trades", 50);
            long frames = simulator.stats().frames();
            double seconds = (System.nanoTime() - startNs) / 1e9; // a slow machine makes it longer only
            assertTrue(frames <= 2_000 * seconds + 2, () -> frames + " frames in " + seconds + " s");
        }
    }

    @Test
    void shouldCloseWithAFrameAfterTheDurationAndAccountForEveryFrame() throws Exception {
        try (Simulator simulator = Simulator.start(max().withDuration(Duration.ofMillis(100)));
                TestClient client = TestClient.connect(simulator)) {
            client.subscribe(TRADES);
            client.subscribe("{\"type\":\"allMids\"}");
            client.subscribe("{\"type\":\"candle\",\"coin\":\"ETH\",\"interval\":\"1m\"}");
            assertEquals(1000, client.awaitClose());
            simulator.ended().get(20, TimeUnit.SECONDS);
            List<String> received = client.rest();
            SimulatorStats stats = simulator.stats();
            assertEquals(received.size(), stats.frames() + stats.controlFrames());
            long data = received.stream()
                    .filter(frame -> !frame.contains("subscriptionResponse"))
                    .mapToLong(TestClient::bytes)
                    .sum();
            assertEquals(data, stats.bytes());
            long trades = received.stream()
                    .filter(frame -> frame.startsWith("{\"channel\":\"trades\""))
                    .mapToLong(frame -> frame.split("\"tid\":", -1).length - 1L)
                    .sum();
            assertEquals(trades, stats.trades());
            assertTrue(stats.trades() > 30);
        }
    }

    @Test
    void shouldKeepCandlesOnTheirBuckets() throws Exception {
        try (Simulator simulator = Simulator.start(max());
                TestClient client = TestClient.connect(simulator)) {
            client.subscribe("{\"type\":\"candle\",\"coin\":\"BTC\",\"interval\":\"1m\"}");
            for (String frame : client.next("candle", 50)) {
                JsonNode candle = json.readTree(frame).get("data");
                assertEquals(0, candle.get("t").longValue() % 60_000);
                assertEquals(
                        candle.get("t").longValue() + 59_999, candle.get("T").longValue());
            }
        }
    }

    @Test
    void shouldGoOnInExchangeTimeOnASecondSocket() throws Exception {
        try (Simulator simulator = Simulator.start(max())) {
            long last;
            try (TestClient client = TestClient.connect(simulator)) {
                client.subscribe(TRADES);
                last = time(client.next("trades", 300).get(299));
            }
            try (TestClient client = TestClient.connect(simulator)) {
                client.subscribe(TRADES);
                client.next("trades");
                assertTrue(time(client.next("trades")) >= last);
            }
        }
    }

    private long time(String frame) throws Exception {
        return json.readTree(frame).get("data").get(0).get("time").longValue();
    }
}
