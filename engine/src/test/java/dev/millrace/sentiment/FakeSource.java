package dev.millrace.sentiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers as it was told, one reply after the other, and 503 when it was told nothing more. */
final class FakeSource implements AutoCloseable {

    final Records records = new Records();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<String> questions = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    private record Reply(int status, String body) {}

    /** Collects what is published; refuses the first claim as a full ring does. */
    static final class Records implements EventSink {

        private final List<MarketEvent> events = Collections.synchronizedList(new ArrayList<>());
        private boolean refused;

        @Override
        public MarketEvent tryClaim(int length) {
            boolean full = !refused;
            refused = true;
            return full ? null : new MarketEvent(length);
        }

        @Override
        public void publish(MarketEvent event) {
            events.add(event);
        }

        List<MarketEvent> events() {
            return List.copyOf(events);
        }

        List<String> payloads() {
            return events().stream()
                    .map(event -> new String(event.bytes(), 0, event.length(), UTF_8))
                    .toList();
        }
    }

    FakeSource() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fng/");
    }

    void reply(int status, String body) {
        replies.add(new Reply(status, body));
    }

    List<String> questions() {
        return List.copyOf(questions);
    }

    /** A reply of one day, as the source writes it. */
    static String body(int value) {
        return "{\"name\":\"N\",\"data\":[{\"value\":\"" + value
                + "\",\"value_classification\":\"Words\",\"timestamp\":\"86400\"}],\"metadata\":{\"error\":null}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.add(exchange.getRequestURI().toString());
        Reply reply = replies.poll();
        byte[] body = reply == null ? new byte[0] : reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(reply == null ? 503 : reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
