package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingStreamTest {

    private static final long START = 1_790_232_000_000L;
    private static final double MAX = Double.POSITIVE_INFINITY;

    @TempDir
    private Path folder;

    @Test
    void shouldPlayARecordingByteForByteToWhoSubscribed() throws Exception {
        List<String> frames = seededFrames();
        Path file = Files.write(folder.resolve("seeded.jsonl"), frames);
        assertPlayed(file, frames, "BTC");
        assertPlayed(file, frames, "SOL");
    }

    @Test
    void shouldPlayTheRecordedFramesByteForByte() throws Exception {
        Path file = Recordings.hyperliquid("ws/h5i-btc-20260731-live.lz4");
        List<String> frames = Recordings.read(file).stream()
                .map(frame -> new String(frame, StandardCharsets.UTF_8))
                .toList();
        assertPlayed(file, frames, "BTC");
    }

    /** Trades and slow books of one coin, of all that the recording holds; then the close frame. */
    private static void assertPlayed(Path file, List<String> frames, String coin) throws Exception {
        List<String> expected = frames.stream()
                .filter(frame -> frame.matches("\\{\"channel\":\"(trades|l2Book)\".*\"coin\":\"" + coin + "\".*"))
                .toList();
        assertTrue(expected.size() > 20, () -> "frames " + expected.size());
        try (Simulator simulator = Simulator.start(config(file, MAX, false));
                TestClient client = TestClient.connect(simulator)) {
            client.subscribe("{\"type\":\"trades\",\"coin\":\"" + coin + "\"}");
            client.next("subscriptionResponse");
            client.subscribe("{\"type\":\"l2Book\",\"coin\":\"" + coin + "\"}");
            client.next("subscriptionResponse");
            assertEquals(1000, client.awaitClose());
            assertEquals(expected, client.rest());
            assertEquals(expected.size(), simulator.stats().frames());
        }
    }

    private static SimulatorConfig config(Path file, double speed, boolean loop) throws IOException {
        RecordedFrames.Source source = RecordingFile.of(file);
        MarketModel model = MarketModel.of(1, START).withCoins(RecordedCoins.of(source));
        return SimulatorConfig.of(model).withRecording(new Recording(source, speed, loop));
    }

    private static List<String> seededFrames() {
        SimulatedMarket market = new SimulatedMarket(MarketModel.of(9, START));
        List<Subscription> subscriptions = List.of(
                Subscription.trades("BTC"),
                Subscription.book("BTC", false),
                Subscription.book("BTC", true),
                Subscription.trades("SOL"),
                Subscription.candle("SOL", "1m"));
        List<String> frames = new ArrayList<>();
        while (market.nextTimeMs() < START + 60_000) {
            market.next();
            for (Subscription subscription : subscriptions) {
                market.frame(subscription).ifPresent(frame -> frames.add(new String(frame, StandardCharsets.UTF_8)));
            }
        }
        frames.removeIf(frame -> frame.contains("\"fast\":true"));
        return frames;
    }

    @Test
    void shouldLoopUntilTheClientLeaves() throws Exception {
        List<String> frames = seededFrames().subList(0, 200);
        Path file = Files.write(folder.resolve("loop.jsonl"), frames);
        List<String> trades = frames.stream()
                .filter(frame -> frame.startsWith("{\"channel\":\"trades\",\"data\":[{\"coin\":\"SOL\""))
                .toList();
        try (Simulator simulator = Simulator.start(config(file, MAX, true));
                TestClient client = TestClient.connect(simulator)) {
            client.subscribe("{\"type\":\"trades\",\"coin\":\"SOL\"}");
            assertEquals(trades, client.next("trades", trades.size()));
            assertEquals(trades, client.next("trades", trades.size()));
        }
    }

    /** 400 ms of recording at double speed cannot be over before 200 ms. */
    @Test
    void shouldKeepTheRecordedPace() throws Exception {
        String frame = seededFrames().get(0);
        Path file = Files.write(
                folder.resolve("paced"), List.of("1000000000 " + frame, "1200000000 " + frame, "1400000000 " + frame));
        try (Simulator simulator = Simulator.start(config(file, 2, false));
                TestClient client = TestClient.connect(simulator)) {
            FrameRoute route =
                    FrameRoute.of(frame.getBytes(StandardCharsets.UTF_8)).orElseThrow();
            long beganNs = System.nanoTime(); // before the first frame left: a slow reader makes it longer only
            client.subscribe(Topic.of(route.subscription()).json());
            client.next("subscriptionResponse");
            assertEquals(frame, client.next());
            assertEquals(frame, client.next());
            assertEquals(frame, client.next());
            assertTrue(System.nanoTime() - beganNs > 150_000_000, "played too fast");
            assertEquals(1000, client.awaitClose());
        }
    }

    @Test
    void shouldCloseWithAReasonWhenTheRecordingBreaks() throws Exception {
        RecordedFrames.Source broken = () -> new RecordedFrames() {
            @Override
            public Optional<RecordedFrame> next() throws IOException {
                throw new IOException("line 1 is damaged");
            }

            @Override
            public void close() {}
        };
        SimulatorConfig config =
                SimulatorConfig.of(MarketModel.of(1, START)).withRecording(new Recording(broken, MAX, false));
        try (Simulator simulator = Simulator.start(config);
                TestClient client = TestClient.connect(simulator)) {
            client.subscribe("{\"type\":\"trades\",\"coin\":\"BTC\"}");
            assertEquals(1011, client.awaitClose());
        }
    }
}
