package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.millrace.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client on the JDK's own WebSocket; waits for what it expects, at most a while. Not for sockets that end without a close
 * frame: the JDK tells nobody of an end that it meets while a message is with the listener ({@link RawClient} sees it).
 */
final class TestClient implements AutoCloseable {

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private TestClient(HttpClient client, URI uri) {
        socket = client.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
    }

    static TestClient connect(Simulator simulator) {
        return connect(HttpClient.newHttpClient(), simulator.wsUrl());
    }

    static TestClient connect(HttpClient client, URI uri) {
        return new TestClient(client, uri);
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void subscribe(String subscription) {
        send("{\"method\":\"subscribe\",\"subscription\":" + subscription + "}");
    }

    String next() throws InterruptedException {
        String frame = frames.poll(Waiting.PATIENCE_S, TimeUnit.SECONDS);
        assertNotNull(frame, "no frame within " + Waiting.PATIENCE_S + " s");
        return frame;
    }

    /** The next frame of a channel; others are passed over. */
    String next(String channel) throws InterruptedException {
        String frame = next();
        while (!frame.startsWith("{\"channel\":\"" + channel + '"')) {
            frame = next();
        }
        return frame;
    }

    List<String> next(String channel, int count) throws InterruptedException {
        List<String> result = new ArrayList<>();
        while (result.size() < count) {
            result.add(next(channel));
        }
        return result;
    }

    /** Everything up to the close frame, whose code it awaits; −1 when the socket failed before. */
    int awaitClose() {
        return closed.orTimeout(Waiting.PATIENCE_S, TimeUnit.SECONDS).join();
    }

    /** What has come and was not taken yet. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        frames.drainTo(rest);
        return rest;
    }

    static long bytes(String frame) {
        return frame.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(-1);
        }
    }
}
