package dev.millrace.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/**
 * What a user writes in an afternoon: Java-WebSocket, Jackson's data binding, a map of books and {@link PlainBars}. It
 * keeps nothing, recognises no duplicate, notices no gap, and its prices are doubles.
 */
final class PlainClient extends WebSocketClient {

    /** One trade, as the venue sends it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record WsTrade(String coin, String side, double px, double sz, long time, long tid) {}

    /** One level of a book. */
    record WsLevel(double px, double sz, int n) {}

    /** A book: bids, then asks. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record WsBook(String coin, long time, List<List<WsLevel>> levels) {}

    /** Mids by coin. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record WsMids(Map<String, Double> mids) {}

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, WsBook> books = new HashMap<>();
    private final Callbacks callbacks;
    private final PlainBars bars;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private Map<String, Double> mids = Map.of();

    private PlainClient(URI uri, Callbacks callbacks) {
        super(uri);
        this.callbacks = callbacks;
        bars = new PlainBars(bar -> callbacks.onBar());
        setTcpNoDelay(true);
    }

    /** Waits for the word to stop after the close. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ClientArguments arguments = ClientArguments.parse(args);
        Callbacks callbacks = new Callbacks(arguments);
        PlainClient client = new PlainClient(URI.create("ws://127.0.0.1:" + arguments.wsPort() + "/ws"), callbacks);
        client.connectBlocking();
        int word = System.in.read();
        if (word < 0 || client.failure.isCompletedExceptionally()) {
            throw new IllegalStateException("the sender or the client ended early");
        }
        callbacks.report();
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        for (String coin : WorkloadWriter.coins()) {
            subscribe("{\"type\":\"trades\",\"coin\":\"" + coin + "\"}");
            subscribe("{\"type\":\"l2Book\",\"coin\":\"" + coin + "\"}");
        }
        subscribe("{\"type\":\"allMids\"}");
    }

    private void subscribe(String subscription) {
        send("{\"method\":\"subscribe\",\"subscription\":" + subscription + "}");
    }

    @Override
    public void onMessage(String message) {
        long readNs = System.nanoTime();
        try {
            JsonNode root = mapper.readTree(message);
            JsonNode data = root.get("data");
            switch (root.get("channel").asText()) {
                case "trades" -> onTrades(mapper.treeToValue(data, WsTrade[].class), readNs);
                case "l2Book" -> onBook(mapper.treeToValue(data, WsBook.class));
                case "allMids" -> mids = mapper.treeToValue(data, WsMids.class).mids();
                default -> {
                    // Acknowledgements and pongs.
                }
            }
        } catch (JsonProcessingException e) {
            onError(e);
        }
    }

    private void onTrades(WsTrade[] trades, long readNs) {
        for (WsTrade trade : trades) {
            bars.onTrade(
                    trade.coin(),
                    trade.time(),
                    trade.px(),
                    trade.sz(),
                    trade.side().equals("B"));
            callbacks.onTrade(readNs);
        }
    }

    private void onBook(WsBook book) {
        books.put(book.coin(), book);
        callbacks.onBook();
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        System.err.println("plain client: closed with " + code + ", " + books.size() + " books, " + mids.size()
                + " mids, " + bars.open() + " open bars");
    }

    @Override
    public void onError(Exception e) {
        System.err.println("plain client: " + e);
        failure.completeExceptionally(e);
    }
}
