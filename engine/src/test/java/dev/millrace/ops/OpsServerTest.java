package dev.millrace.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.config.ConfigException;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.metrics.LatencyHistogram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpsServerTest {

    private final Counters counters = new Counters();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final ErrorLog errors = new ErrorLog(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final HttpClient client = HttpClient.newHttpClient();

    private volatile HealthReport report = report(List.of());
    private OpsServer server;

    @BeforeEach
    void start() {
        server = OpsServer.start(
                0, () -> report, new MetricsPage(counters, Map.of("frame.to.callback", latency), errors));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldReportHealth() throws Exception {
        HttpResponse<String> response = get("/health?verbose");
        assertEquals(200, response.statusCode());
        assertEquals(
                "application/json",
                response.headers().firstValue("content-type").orElseThrow());
        JsonNode page = new ObjectMapper().readTree(response.body());
        assertTrue(page.get("healthy").asBoolean());
        assertEquals("running", page.get("state").asText());
        assertEquals("detached strategy a.B: three", page.get("warnings").get(0).asText());
        assertEquals(90, page.get("uptime_seconds").asLong());
        assertEquals(12.5, page.get("rates").get("messages").asDouble());
        assertEquals(1L << 40, page.get("sequences").get("journaled").asLong());
        assertEquals(7, page.get("disk_free_bytes").asLong());
        assertEquals("2 of 3 coins", page.get("universe").asText());
    }

    @Test
    void shouldAnswer503WithTheReasons() throws Exception {
        report = report(List.of("feed is \"silent\" for 60 s"));
        HttpResponse<String> response = get("/health");
        assertEquals(503, response.statusCode());
        JsonNode page = new ObjectMapper().readTree(response.body());
        assertFalse(page.get("healthy").asBoolean());
        assertEquals("feed is \"silent\" for 60 s", page.get("problems").get(0).asText());
    }

    @Test
    void shouldAnswer500WhenTheReportFails() throws Exception {
        report = null;
        HttpResponse<String> response = get("/health");
        assertEquals(500, response.statusCode());
        assertTrue(response.body().startsWith("/health failed: "), response.body());
        assertEquals(200, get("/metrics").statusCode());
    }

    @Test
    void shouldShowEveryCounterGaugeLatencyAndError() throws Exception {
        counters.counter("codec.refused.px", "Prices refused").add(3);
        counters.gauge("ring.depth", "Slots in use").set(-2);
        counters.counter("feed.ack-timeouts", "Missing \\ acks").increment();
        for (int i = 1; i <= 1_000; i++) {
            latency.record(i * 1_000L);
        }
        counters.counter("trades.spikes", "Off", "kPEPE").add(2);
        counters.counter("trades.spikes", "Off", "KPEPE");
        errors.record("bars", new IllegalStateException("one"));
        errors.record("bars", new IllegalStateException("two"));
        HttpResponse<String> response = get("/metrics");
        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("content-type").orElseThrow().startsWith("text/plain; version=0.0.4"));
        List<String> lines = response.body().lines().toList();
        assertLine(lines, "# HELP millrace_codec_refused_px_total Prices refused");
        assertLine(lines, "# TYPE millrace_codec_refused_px_total counter");
        assertLine(lines, "millrace_codec_refused_px_total 3.0");
        assertLine(lines, "# TYPE millrace_ring_depth gauge");
        assertLine(lines, "millrace_ring_depth -2.0");
        assertLine(lines, "# TYPE millrace_trades_spikes_total counter");
        assertLine(lines, "millrace_trades_spikes_total{symbol=\"KPEPE\"} 0.0");
        assertLine(lines, "millrace_trades_spikes_total{symbol=\"kPEPE\"} 2.0");
        assertLine(lines, "millrace_feed_ack_timeouts_total 1.0");
        assertLine(lines, "millrace_frame_to_callback_seconds_count 1000");
        assertLine(lines, "millrace_errors_total{type=\"java.lang.IllegalStateException\",where=\"bars\"} 2.0");
        String median = lines.stream()
                .filter(line -> line.startsWith("millrace_frame_to_callback_seconds{quantile=\"0.5\"}"))
                .findAny()
                .orElseThrow();
        assertEquals(500e-6, Double.parseDouble(median.substring(median.indexOf(" ") + 1)), 1e-6);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("millrace_jvm_heap_used_bytes ")), response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trades.total", "build.info", "frames.bucket", "1st", "größe", "a.created", "x.count"})
    void shouldShowNamesThatPrometheusReserves(String name) throws Exception {
        counters.counter(name, "").increment();
        counters.gauge("g." + name, "").set(1);
        HttpResponse<String> response = get("/metrics");
        assertEquals(200, response.statusCode(), response.body());
        assertTrue(response.body().contains("millrace_g_"), response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthy", "/metrics/", "/health/.."})
    void shouldAnswer404ToOtherPaths(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertEquals(404, response.statusCode());
        assertEquals("ask for /health or /metrics\n", response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD"})
    void shouldAnswer405ToOtherMethods(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/metrics"))
                .method(method, BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertEquals(405, response.statusCode());
        assertEquals("GET", response.headers().firstValue("allow").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n", "hello world\r\n\r\n"})
    void shouldRefuseWhatIsNotHttpAndHangUp(String bytes) throws IOException {
        String answer = exchange(bytes.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @Test
    void shouldRefuseALargeBodyAndALongLine() throws IOException {
        String body = "POST /health HTTP/1.1\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n";
        assertTrue(exchange(body.getBytes(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 413 "));
        String line = "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n\r\n";
        String answer = exchange(line.getBytes(StandardCharsets.US_ASCII));
        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            MetricsPage metrics = new MetricsPage(counters, Map.of(), errors);
            ConfigException refused =
                    assertThrows(ConfigException.class, () -> OpsServer.start(port, () -> report, metrics));
            assertTrue(refused.getMessage().startsWith("ops.port = " + port + ": cannot listen"), refused.getMessage());
        }
    }

    @Test
    void shouldLeaveNoThreadAndNoPortBehind() throws Exception {
        get("/health");
        int port = server.port();
        List<Thread> own = threads();
        assertEquals(1, own.size());
        server.close();
        server.close();
        own.get(0).join(5_000);
        assertEquals(List.of(), threads());
        try (OpsServer again = OpsServer.start(port, () -> report, new MetricsPage(counters, Map.of(), errors))) {
            assertEquals(port, again.port());
        }
    }

    private static List<Thread> threads() {
        return Stream.of(Thread.getAllStackTraces())
                .flatMap(all -> all.keySet().stream())
                .filter(thread -> thread.getName().startsWith("md-ops"))
                .toList();
    }

    private static void assertLine(List<String> lines, String expected) {
        assertTrue(lines.contains(expected), () -> expected + " is not in\n" + String.join("\n", lines));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Everything the server sends until it hangs up. */
    private String exchange(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static HealthReport report(List<String> problems) {
        return new HealthReport(
                "running",
                problems,
                List.of("detached strategy a.B: three"),
                "0.1.0",
                Duration.ofSeconds(90),
                "connected",
                "2 of 3 coins",
                Map.of("messages", 12.5),
                Map.of("journaled", 1L << 40),
                7);
    }
}
