package dev.millrace.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.config.HyperliquidConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import dev.millrace.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoClientTest {

    private record Reply(int status, String body) {}

    /** Collects what is published; refuses the first claims as a full ring does. */
    private static final class ListSink implements EventSink {
        private final List<MarketEvent> events = Collections.synchronizedList(new ArrayList<>());
        private int refusals;

        @Override
        public MarketEvent tryClaim(int length) {
            return refusals-- > 0 ? null : new MarketEvent(length);
        }

        @Override
        public void publish(MarketEvent event) {
            events.add(event);
        }

        List<String> payloads() {
            return events.stream()
                    .map(event -> new String(event.bytes(), 0, event.length(), UTF_8))
                    .toList();
        }
    }

    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    private final ListSink sink = new ListSink();
    private final Counters counters = new Counters();
    private final Budget budget = new Budget(1_200, Duration.ofMinutes(1), System::nanoTime, counters);
    private HttpServer server;
    private Optional<Path> trust = Optional.empty();
    private Duration timeout = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @AfterEach
    void stopServer() {
        over.countDown();
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void shouldAskAsTheVenueExpectsAndJournalEachReply() throws Exception {
        replies.add(new Reply(200, "[{\"universe\":[]},[]]"));
        replies.add(new Reply(200, "[1]"));
        replies.add(new Reply(200, "{\"tokens\":[]}"));
        replies.add(new Reply(200, "[null]"));
        InfoClient client = client();
        assertEquals("[{\"universe\":[]},[]]", ask(client, "metaAndAssetCtxs"));
        client.call(Priority.START, InfoRequest.ofDex("metaAndAssetCtxs", "xyz"), body -> body);
        ask(client, "spotMeta");
        assertEquals("[null]", ask(client, "perpDexs"));
        assertEquals(
                List.of(
                        "POST /info application/json {\"type\":\"metaAndAssetCtxs\"}",
                        "POST /info application/json {\"type\":\"metaAndAssetCtxs\",\"dex\":\"xyz\"}",
                        "POST /info application/json {\"type\":\"spotMeta\"}",
                        "POST /info application/json {\"type\":\"perpDexs\"}"),
                requests);
        assertEquals(
                "200 {\"type\":\"metaAndAssetCtxs\"}\n[{\"universe\":[]},[]]",
                sink.payloads().get(0));
        MarketEvent last = sink.events.get(3);
        assertEquals(RecordKind.REST, last.kind());
        assertEquals(Source.of(Source.HYPERLIQUID_REST, 0, 4), last.source());
        assertEquals(77, last.receiveNs());
    }

    @Test
    void shouldTryThreeTimesWhenTheVenueIsBusyOrFaulty() throws Exception {
        replies.add(new Reply(429, "slow down"));
        replies.add(new Reply(502, ""));
        replies.add(new Reply(200, "[null]"));
        assertEquals("[null]", ask(client(), "perpDexs"));
        assertEquals(
                List.of(
                        "429 {\"type\":\"perpDexs\"}\nslow down",
                        "502 {\"type\":\"perpDexs\"}\n",
                        "200 {\"type\":\"perpDexs\"}\n[null]"),
                sink.payloads());
        assertEquals(2, counters.value("rest.failures"));
    }

    @Test
    void shouldGiveUpAfterThreeTries() throws Exception {
        for (int i = 0; i < 4; i++) {
            replies.add(new Reply(500, "null"));
        }
        assertTrue(refusal().endsWith("/info {\"type\":\"perpDexs\"}: HTTP 500: null"));
        assertEquals(3, requests.size());
    }

    @Test
    void shouldNotRepeatAMistakeAndShowTheBeginningOfTheAnswer() throws Exception {
        replies.add(new Reply(422, "Failed to deserialize".concat("x".repeat(500))));
        String message = refusal();
        assertTrue(message.contains("HTTP 422: Failed to deserializexxx"), message);
        assertTrue(message.endsWith(": Failed to deserialize" + "x".repeat(200 - 21)), message);
        assertEquals(1, requests.size());
    }

    @Test
    void shouldTryAgainWhereHalfAReplyCame() throws Exception {
        replies.add(new Reply(200, "{\"specialStatuses\":null,\"ti"));
        replies.add(new Reply(200, "{\"specialStatuses\":null,\"time\":1790294400000}"));
        VenueInfo venue = new VenueInfo(client(), Priority.REPAIR);
        assertEquals(1_790_294_400_000L, venue.exchangeStatus().timeMs());
        assertEquals(2, requests.size());
    }

    @Test
    void shouldChargeWhatARepliesItemsWeigh() throws Exception {
        replies.add(new Reply(200, "[]"));
        VenueInfo venue = new VenueInfo(client(), Priority.COLLECTION);
        venue.funding("BTC", 0, 1);
        assertEquals(20, counters.value("rest.weight"));
        replies.add(new Reply(429, ""));
        replies.add(new Reply(429, ""));
        replies.add(new Reply(429, ""));
        assertThrows(InfoException.class, () -> venue.funding("BTC", 0, 1));
        assertEquals(20 + 3 * 45, counters.value("rest.weight"), "refused calls count at their most");
    }

    @Test
    void shouldRefuseAReplyThatIsNoObjectOrList() throws Exception {
        for (String body : List.of("null", "", "<html>", "\"text\"")) {
            replies.add(new Reply(200, body));
            String message = refusal();
            assertTrue(message.contains("no JSON object or list: " + (body.isEmpty() ? "(empty)" : body)), message);
        }
        assertEquals(4, sink.payloads().size());
    }

    @Test
    void shouldGiveUpAVenueThatDoesNotAnswerInTime() throws Exception {
        timeout = Duration.ofMillis(50);
        assertTrue(refusal().endsWith("no whole reply within PT0.05S"));
    }

    @Test
    void shouldSayThatNobodyListens() throws Exception {
        InfoClient client = client();
        server.stop(0);
        InfoException e = assertThrows(InfoException.class, () -> ask(client, "perpDexs"));
        assertTrue(e.getMessage().contains("no connection: refused"), e.getMessage());
    }

    @Test
    void shouldWaitWhileTheRingIsFull() throws Exception {
        replies.add(new Reply(200, "[null]"));
        sink.refusals = 5;
        ask(client(), "perpDexs");
        assertEquals(1, sink.payloads().size());
    }

    @Test
    void shouldTrustThePemAndNobodyElse() throws Exception {
        TestCertificate own = TestCertificate.make(folder, "ip:127.0.0.1");
        serveTls(own);
        assertTrue(refusal().contains("its certificate is not trusted"));
        trust = Optional.of(own.pem());
        replies.add(new Reply(200, "[null]"));
        assertEquals("[null]", ask(client(), "perpDexs"));
    }

    private String refusal() throws IOException {
        InfoClient client = client();
        return assertThrows(InfoException.class, () -> ask(client, "perpDexs")).getMessage();
    }

    private InfoClient client() throws IOException {
        if (server == null) {
            listen(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        }
        String scheme = server instanceof HttpsServer ? "https" : "http";
        URI rest = URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
        HyperliquidConfig config = new HyperliquidConfig("testnet", URI.create("ws://127.0.0.1"), rest, trust);
        CallPolicy policy = new CallPolicy(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(1));
        return new InfoClient(
                new InfoTransport(config, timeout), new ReplyJournal(sink, () -> 77), budget, policy, counters);
    }

    private static String ask(InfoClient client, String type) throws InfoException, InterruptedException {
        return new String(client.call(Priority.START, InfoRequest.of(type), body -> body), UTF_8);
    }

    private void serveTls(TestCertificate certificate) throws IOException, GeneralSecurityException {
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        listen(secure);
    }

    private void listen(HttpServer fresh) {
        server = fresh;
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Reply reply = replies.poll();
        if (reply == null) {
            awaitTheEnd();
            return;
        }
        byte[] body = reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
