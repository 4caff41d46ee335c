package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.config.CollectConfig;
import dev.millrace.config.EngineConfig;
import dev.millrace.discovery.CollectionResult;
import dev.millrace.market.CandleInterval;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that records the universe's members, and a venue whose list fails at the wrong moment. */
@Tag("stress")
@Tag("stress-daemon")
class UniverseFollowedTest {

    private static final long START_MS = 1_790_232_000_000L;
    private static final CollectConfig DAYS =
            new CollectConfig(Duration.ZERO, List.of(CandleInterval.ONE_DAY), 3, true);
    private static final MarketModel MODEL =
            MarketModel.of(1, START_MS).withCoins(List.of(SimulatedCoin.named("BTC"), SimulatedCoin.named("ETH")));
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    private static final int COINS = 2;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong aheadNs = new AtomicLong();
    /** How many more times the list is not given as it is. */
    private final AtomicInteger faults = new AtomicInteger();

    private final LocalClock clock = simulatedClock();

    private volatile boolean decided;
    private volatile byte[] inPlace = "upstream connect error".getBytes(StandardCharsets.UTF_8);
    private Simulator venue;
    private HttpServer between;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        venue = Simulator.start(SimulatorConfig.of(MODEL));
        between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        between.createContext("/", this::pass);
        between.start();
    }

    @AfterEach
    void stop() throws IOException {
        between.stop(0);
        venue.close();
    }

    @Test
    void shouldFollowADecisionAlthoughTheListFailsThen() throws Exception {
        faults.set(1);
        try (Engine engine = launch()) {
            Waiting.until("the list's failures", () -> faults.get() <= 0);
            Waiting.until("the failure's end", () -> told(engine, "venue"));
            assertEquals(0, engine.feed().acknowledged());
            aheadNs.addAndGet(MINUTE_NS);
            Waiting.until("streams of the members", () -> engineHasAll(engine));
            assertTrue(
                    engine.health().universe().startsWith("2 of 2 coins since 20"),
                    engine.health().universe());
            CollectionResult collected = engine.collect(List.of(), DAYS, (done, of, left) -> {});
            assertEquals(2 * COINS, collected.series(), "candles and funding of each member");
        }
    }

    @Test
    void shouldKeepWhatIsRecordedWhereTheListIsEmpty() throws Exception {
        try (Engine engine = launch()) {
            Waiting.until("streams of the members", () -> engineHasAll(engine));
            inPlace =
                    "[{\"universe\":[],\"marginTables\":[],\"collateralToken\":0},[]]".getBytes(StandardCharsets.UTF_8);
            faults.set(1_000);
            aheadNs.addAndGet(15 * MINUTE_NS);
            Waiting.until("the empty list's refusal", () -> told(engine, "venue"));
            assertEquals(COINS, engine.feed().acknowledged());
        }
    }

    private static boolean told(Engine engine, String where) {
        return engine.health().warnings().stream().anyMatch(warning -> warning.startsWith(where + ": "));
    }

    @Test
    void shouldSayThatNothingIsRecordedYet() throws Exception {
        try (Engine engine = launch("universe.gates.samples=2", "universe.sample-interval=1 h")) {
            assertThrows(NothingRecordedException.class, () -> engine.collect(List.of(), DAYS, (done, of, left) -> {}));
        }
    }

    /** The members are recorded on without a gap, although the state that tells them is read only after the first's end. */
    @Test
    void shouldHandTheMembersOver() throws Exception {
        Engine first = launch();
        try (first) {
            Waiting.until("streams of the members", () -> engineHasAll(first));
            CompletableFuture<Void> closing = first.successor().thenAcceptAsync(pid -> first.close());
            try (Engine second = Engine.takeOver(config(), List.of(), line -> {}, clock)) {
                assertTrue(engineHasAll(second));
                closing.get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
            }
        }
        assertEquals(List.of(), Daemon.journaledGaps(folder));
    }

    private static boolean engineHasAll(Engine engine) {
        return engine.feed().acknowledged() == COINS;
    }

    private Engine launch(String... more) throws InterruptedException {
        return Engine.launch(config(more), List.of(), clock);
    }

    private EngineConfig config(String... more) {
        String[] settings = {
            "roles=[capture,store]",
            "feed.coins=universe",
            "store.flush-interval=10 ms",
            "rest.min-pause=1 ms",
            "rest.max-pause=5 ms",
            "collect.every=0 s",
            "quality.check-every=0 s",
            "universe.decide-at=0 s",
            "universe.sample-interval=1 s",
            "universe.gates.samples=1",
            "universe.gates.min-samples=1",
            "universe.gates.min-sample-span=0 s",
            "universe.gates.min-candles=2",
            "universe.gates.min-returns=2",
            "universe.volume.low=1e-6",
            "universe.open-interest.low=1e-6",
            "universe.depth.low=1e-6",
            "universe.spread.high=1e4",
            "universe.volatility.low=1e-9",
            "universe.volatility.high=1e3",
            "universe.members.max-correlation=1",
            "universe.members.enter-after=1"
        };
        String[] all = Stream.of(settings, more).flatMap(Stream::of).toArray(String[]::new);
        URI rest = URI.create("http://127.0.0.1:" + between.getAddress().getPort());
        return Daemon.config(folder, venue.wsUrl(), rest, all);
    }

    /** The exchange's date, and whatever the test adds to it. */
    private LocalClock simulatedClock() {
        long originNs = System.nanoTime();
        LongSupplier nowNs = () -> System.nanoTime() - originNs + aheadNs.get();
        InstantSource wall = () -> Instant.ofEpochMilli(START_MS).plusNanos(nowNs.getAsLong());
        return new LocalClock(wall.withZone(ZoneOffset.UTC), nowNs);
    }

    /** Passes all on; once a coin's candles were asked for, the list is not given as it is while faults are left. */
    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String asked = new String(body, StandardCharsets.UTF_8);
            decided |= asked.contains("candleSnapshot");
            if (decided && asked.contains("metaAndAssetCtxs") && faults.getAndDecrement() > 0) {
                reply(exchange, 200, inPlace);
                return;
            }
            HttpResponse<byte[]> reply = http.send(
                    HttpRequest.newBuilder(venue.restUrl().resolve(exchange.getRequestURI()))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            reply(exchange, reply.statusCode(), reply.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
