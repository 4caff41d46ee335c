package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The budget, the log and each fault of REST replies, seen through a real connection. */
class ReplyFaultTest {

    private static final MarketModel MODEL = MarketModel.of(5, 1_790_232_000_000L);
    private static final String META = "{\"type\":\"meta\"}";
    private static final String MIDS = "{\"type\":\"allMids\"}";

    private final AtomicLong nowNs = new AtomicLong();
    private Simulator simulator;
    private RestClient rest;

    private void start(Conduct conduct) throws IOException {
        simulator = Simulator.start(SimulatorConfig.of(MODEL).withConduct(conduct));
        rest = new RestClient(simulator);
    }

    private void start(String fault) throws IOException {
        start(Conduct.good().with(fault));
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void shouldRefuseWhatIsOverTheBudgetOfAnyMinute() throws Exception {
        start(Conduct.good().withLimits(Limits.parse("weight=42")).withClock(nowNs::get));
        assertEquals(200, rest.post(META).statusCode());
        nowNs.addAndGet(Duration.ofSeconds(30).toNanos());
        assertEquals(200, rest.post(META).statusCode());
        assertEquals(429, rest.post(META).statusCode());
        assertEquals(200, rest.post(MIDS).statusCode());
        nowNs.addAndGet(Duration.ofSeconds(30).toNanos());
        assertEquals(200, rest.post(META).statusCode());
        assertEquals(429, rest.post(MIDS).statusCode());
    }

    @Test
    void shouldChargeByTypeAndLength() throws Exception {
        start(Conduct.good());
        rest.post("{\"type\":\"recentTrades\",\"coin\":\"BTC\"}");
        rest.post("{\"type\":\"fundingHistory\",\"coin\":\"BTC\",\"startTime\":1700000000000}");
        rest.post("{\"type\":\"candleSnapshot\",\"req\":{\"coin\":\"BTC\",\"interval\":\"1m\",\"startTime\":0,"
                + "\"endTime\":1800000000000}}");
        rest.post("{\"type\":\"l2Book\",\"coin\":\"BTC\"}");
        rest.get("/fng/?limit=3");
        assertEquals(
                List.of(20 + 30 / 20, 20 + 500 / 20, 20 + 5_000 / 60, 2, 0),
                simulator.requests().stream().map(LoggedRequest::weight).toList());
    }

    @Test
    void shouldLogRequestsInMemoryAndInAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("requests.csv");
        start(Conduct.good().with("rest-500:type=meta").withClock(nowNs::get).withRequestLog(file));
        nowNs.addAndGet(1_500);
        rest.post(META);
        rest.post("{\"type\":\"l2Book\",\"coin\":\"BTC\"}");
        rest.post("no, json");
        assertEquals(
                List.of(
                        new LoggedRequest(1_500, "meta", "", 20, 500),
                        new LoggedRequest(1_500, "l2Book", "BTC", 2, 200),
                        new LoggedRequest(1_500, "", "", 20, 400)),
                simulator.requests());
        assertEquals(
                List.of(
                        "time_ns,type,coin,weight,status",
                        "1500,meta,,20,500",
                        "1500,l2Book,BTC,2,200",
                        "1500,,,20,400"),
                Files.readAllLines(file));
    }

    @Test
    void shouldReplyWithABurstOf429() throws Exception {
        start("rest-429:type=meta@1x2");
        assertEquals(200, rest.post(META).statusCode());
        assertEquals(429, rest.post(META).statusCode());
        assertEquals(200, rest.post(MIDS).statusCode());
        assertEquals(429, rest.post(META).statusCode());
        assertEquals(200, rest.post(META).statusCode());
    }

    @Test
    void shouldReplyNullWith500AndWith200() throws Exception {
        start(Conduct.good().with("rest-500").with("rest-null@1"));
        assertReply(500, "null", "application/json", rest.post(META));
        rest.post(META);
        assertReply(200, "null", "application/json", rest.post(META));
    }

    @Test
    void shouldReplyPlainText() throws Exception {
        start("rest-text:status=503");
        assertReply(503, "upstream connect error", "text/plain; charset=utf-8", rest.post(META));
    }

    @Test
    void shouldReplyHtml() throws Exception {
        start("rest-html");
        HttpResponse<String> reply = rest.post(META);
        assertEquals(200, reply.statusCode());
        assertEquals("text/html", reply.headers().firstValue("content-type").orElseThrow());
        assertTrue(reply.body().startsWith("<html>"));
    }

    @Test
    void shouldWriteAWordForTheFirstNumberOfARow() throws Exception {
        start("rest-odd:type=fundingHistory,row=2");
        String request = "{\"type\":\"fundingHistory\",\"coin\":\"BTC\",\"startTime\":1790200000000}";
        JsonNode odd = new ObjectMapper().readTree(rest.post(request).body());
        JsonNode right = new ObjectMapper().readTree(rest.post(request).body());
        assertEquals("odd", odd.get(2).get("fundingRate").asText());
        ((ObjectNode) odd.get(2)).set("fundingRate", right.get(2).get("fundingRate"));
        assertEquals(right, odd);
    }

    private static void assertReply(int status, String body, String type, HttpResponse<String> reply) {
        assertEquals(status, reply.statusCode());
        assertEquals(body, reply.body());
        assertEquals(type, reply.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void shouldNeverReply() throws Exception {
        start("rest-hang");
        var request = rest.info(META).timeout(Duration.ofMillis(200)).build();
        assertThrows(HttpTimeoutException.class, () -> rest.send(request));
        assertEquals(200, rest.post(META).statusCode());
        assertEquals(0, simulator.requests().get(0).status());
    }

    @Test
    void shouldReplyByteByByte() throws Exception {
        start(Conduct.good().with("rest-slow:every=1s").withClock(nowNs::get));
        var body = new ByteArrayOutputStream();
        try (InputStream bytes = rest.open(META)) {
            for (int next = bytes.read(); next >= 0; next = bytes.read()) {
                body.write(next);
                assertEquals(0, bytes.available());
                nowNs.addAndGet(1_000_000_000L);
            }
        }
        assertEquals(rest.post(META).body(), body.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReplyHalfTheText() throws Exception {
        start("rest-truncated");
        String half = rest.post(META).body();
        assertThrows(JsonProcessingException.class, () -> new ObjectMapper().readTree(half));
        assertTrue(rest.post(META).body().startsWith(half));
    }

    @Test
    void shouldCloseInTheMiddleOfTheBody() throws Exception {
        start("rest-truncated:what=body");
        assertThrows(IOException.class, () -> rest.post(META));
        assertEquals(200, rest.post(META).statusCode());
    }

    @Test
    void shouldActOnFearAndGreedAlike() throws Exception {
        start(Conduct.good().with("rest-500:type=fng"));
        assertEquals(200, rest.post(META).statusCode());
        assertEquals(500, rest.get("/fng/").statusCode());
        assertEquals(200, rest.get("/fng/").statusCode());
    }
}
