package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal seed, start and subscriptions give equal bytes, however long the client took. */
class OwnTimeTest {

    private static final long START = 1_790_232_000_000L;
    private static final MarketModel MODEL = MarketModel.of(21, START).withCadence(Cadence.lively());
    private static final int FRAMES = 80;
    private static final List<String> SUBSCRIPTIONS = List.of(
            "{\"type\":\"trades\",\"coin\":\"BTC\"}",
            "{\"type\":\"l2Book\",\"coin\":\"ETH\",\"fast\":true}",
            "{\"type\":\"bbo\",\"coin\":\"BTC\"}",
            "{\"type\":\"candle\",\"coin\":\"ETH\",\"interval\":\"1m\"}",
            "{\"type\":\"activeAssetCtx\",\"coin\":\"SOL\"}",
            "{\"type\":\"allMids\"}");

    static Stream<Pace> paces() {
        return Stream.of(Pace.max(), Pace.rate(3_000), Pace.rate(700), Pace.natural());
    }

    @ParameterizedTest
    @MethodSource("paces")
    void shouldSendEqualBytesHoweverLongTheClientTakes(Pace pace) throws Exception {
        assertEquals(frames(pace, 0), frames(pace, 5));
    }

    /** Real time passes after the connect and before each subscription; it must not show in the frames. */
    private static List<String> frames(Pace pace, int pings) throws Exception {
        SimulatorConfig config = SimulatorConfig.of(MODEL).withPace(pace);
        List<String> frames = new ArrayList<>();
        try (Simulator simulator = Simulator.start(config);
                TestClient client = TestClient.connect(simulator)) {
            ping(client, 20 * pings, frames);
            for (String subscription : SUBSCRIPTIONS) {
                ping(client, pings, frames);
                client.subscribe(subscription);
            }
            while (frames.size() < FRAMES) {
                frames.add(client.next());
            }
        }
        return frames;
    }

    /** So many round trips; keeps what else comes. */
    private static void ping(TestClient client, int pings, List<String> frames) throws InterruptedException {
        for (int i = 0; i < pings; i++) {
            client.send("{\"method\":\"ping\"}");
            for (String frame = client.next(); !frame.contains("\"pong\""); frame = client.next()) {
                frames.add(frame);
            }
        }
    }
}
