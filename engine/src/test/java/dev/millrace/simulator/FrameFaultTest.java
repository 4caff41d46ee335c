package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each fault of a socket's frames, seen through a real socket. */
class FrameFaultTest {

    private static final long START = 1_790_232_000_000L;
    private static final MarketModel MODEL = MarketModel.of(5, START).withCadence(new Cadence(10, 10, 10, 10));
    private static final String BOOK = "\"channel\":\"l2Book\"";
    private static final String TRADES = "\"channel\":\"trades\"";
    private static final String ACK = "\"channel\":\"subscriptionResponse\"";

    private final ObjectMapper json = new ObjectMapper();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private Simulator simulator(String... faults) throws IOException {
        Conduct conduct = Conduct.good();
        for (String fault : faults) {
            conduct = conduct.with(fault);
        }
        return start(SimulatorConfig.of(MODEL).withConduct(conduct));
    }

    private Simulator start(SimulatorConfig config) throws IOException {
        Simulator simulator = Simulator.start(config);
        open.add(simulator);
        return simulator;
    }

    private RawClient client(Simulator simulator) throws IOException {
        RawClient client = new RawClient(simulator);
        open.add(client);
        return client;
    }

    private RawClient client(String... faults) throws IOException {
        return client(simulator(faults));
    }

    @Test
    void shouldEndTheSocketByFin() throws IOException {
        RawClient client = client("cut@3").subscribe("l2Book", "BTC");
        assertEquals(3, client.next(BOOK, 3).size());
        assertThrows(EOFException.class, client::next);
    }

    @Test
    void shouldEndTheSocketByRst() throws IOException {
        RawClient client = client("cut:how=rst@3").subscribe("l2Book", "BTC");
        assertThrows(SocketException.class, () -> client.next("never"));
    }

    @Test
    void shouldStayOpenAndSilentHalfOpen() throws IOException {
        Simulator simulator = simulator("half-open@3");
        RawClient client = client(simulator).subscribe("l2Book", "BTC");
        client.next(BOOK, 3);
        client.send("{\"method\":\"ping\"}");
        assertTrue(client.isSilent(200));
        assertEquals(
                20, client(simulator).subscribe("l2Book", "BTC").next(BOOK, 20).size());
    }

    @Test
    void shouldSendNothingButPongsStalled() throws IOException {
        RawClient client = client("stall@3").subscribe("l2Book", "BTC");
        client.next(BOOK, 3);
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(), client.untilPong());
        }
    }

    @Test
    void shouldMuteOneSubscriptionOnly() throws IOException {
        RawClient client = client("mute:channel=l2Book,coin=BTC@2").subscribe("l2Book", "BTC");
        client.subscribe("l2Book", "ETH").subscribe("activeAssetCtx", "BTC");
        List<String> frames = new ArrayList<>();
        while (frames.stream().filter(frame -> frame.contains("ETH")).count() < 20) {
            frames.add(client.next("\"data\":{\"coin\""));
        }
        assertEquals(
                2,
                frames.stream()
                        .filter(f -> f.contains(BOOK) && f.contains("BTC"))
                        .count());
        assertTrue(frames.stream().filter(f -> f.contains("activeAssetCtx")).count() > 5);
    }

    @Test
    void shouldHealAMuteSubscriptionWhenItIsSubscribedAgain() throws IOException {
        RawClient client = client("mute:coin=BTC,heals=resubscribe@2").subscribe("l2Book", "BTC");
        client.next(BOOK, 2);
        assertEquals(List.of(), client.untilPong());
        client.subscribe("l2Book", "ETH").next("ETH", 10);
        client.unsubscribe("l2Book", "BTC").subscribe("l2Book", "BTC");
        assertEquals(5, client.next("\"coin\":\"BTC\",\"time\"", 5).size());
    }

    @Test
    void shouldHealAMuteSubscriptionOnAnotherSocket() throws IOException {
        Simulator simulator = simulator("mute:coin=BTC,heals=reconnect@2");
        RawClient first = client(simulator).subscribe("l2Book", "BTC");
        first.next("\"coin\":\"BTC\",\"time\"", 2);
        first.subscribe("l2Book", "ETH").next("ETH", 10);
        assertEquals(
                5, client(simulator).subscribe("l2Book", "BTC").next(BOOK, 5).size());
        assertEquals(
                "[]",
                first.untilPong().stream()
                        .filter(f -> f.contains("BTC"))
                        .toList()
                        .toString());
    }

    @Test
    void shouldSendFramesLater() throws IOException {
        RawClient client = client("slow:by=150ms");
        long beganNs = System.nanoTime();
        long first = time(client.subscribe("l2Book", "BTC").next(BOOK));
        assertTrue(System.nanoTime() - beganNs >= 150_000_000L);
        assertTrue(time(client.next(BOOK)) >= first);
    }

    @Test
    void shouldSendWhatWasHeldBeforeWhatIsNotWhenTheNetworkIsQuickAgain() throws IOException {
        List<String> books =
                client("slow:by=1h,for=400ms").subscribe("l2Book", "BTC").next(BOOK, 30);
        long healthyMs = time(client().subscribe("l2Book", "BTC").next(BOOK));
        assertEquals(healthyMs, time(books.get(0)));
        for (int i = 1; i < books.size(); i++) {
            long sinceMs = time(books.get(i)) - time(books.get(i - 1));
            assertTrue(sinceMs >= 0 && sinceMs <= 20, "book " + i + " is " + sinceMs + " ms after the one before");
        }
    }

    @Test
    void shouldChangeTheCadence() throws IOException {
        AtomicLong nowNs = new AtomicLong();
        Conduct conduct = Conduct.good().with("cadence:every=100ms,coin=BTC@3").withClock(nowNs::get);
        RawClient client = client(start(SimulatorConfig.of(MODEL).withRealTime().withConduct(conduct)));
        client.subscribe("l2Book", "BTC").subscribe("l2Book", "ETH");
        List<Long> times = new ArrayList<>();
        while (times.size() < 6) {
            String book = client.next(BOOK);
            if (book.contains("BTC")) {
                times.add(time(book));
            } else {
                nowNs.addAndGet(10_000_000); // with each book of the other coin, which keeps its cadence, that passes
            }
        }
        assertEquals(10, times.get(2) - times.get(1), times.toString());
        assertEquals(100, times.get(5) - times.get(4), times.toString());
    }

    @Test
    void shouldLeaveOutAnAcknowledgement() throws IOException {
        RawClient client = client("no-ack:channel=l2Book").subscribe("l2Book", "BTC");
        assertTrue(client.next().text().contains(BOOK));
        assertTrue(client.subscribe("l2Book", "ETH").next(ACK).contains("ETH"));
    }

    @Test
    void shouldSendAFrameTwice() throws IOException {
        List<String> books = client("duplicate@2").subscribe("l2Book", "BTC").next(BOOK, 5);
        assertNotEquals(books.get(1), books.get(2));
        assertEquals(books.get(2), books.get(3));
        assertNotEquals(books.get(3), books.get(4));
    }

    @Test
    void shouldSendATradeTwice() throws IOException {
        JsonNode trades =
                data(client("duplicate:what=trade").subscribe("trades", "BTC").next(TRADES));
        assertEquals(31, trades.size());
        assertEquals(trades.get(0), trades.get(1));
    }

    @Test
    void shouldTurnTradesRound() throws IOException {
        JsonNode healthy = data(client().subscribe("trades", "BTC").next(TRADES));
        JsonNode turned = data(client("reorder").subscribe("trades", "BTC").next(TRADES));
        assertEquals(30, turned.size());
        for (int i = 0; i < 30; i++) {
            assertEquals(healthy.get(i), turned.get(29 - i));
        }
    }

    @Test
    void shouldSendAFrameBehindTheNext() throws IOException {
        List<String> books =
                client("reorder:what=across@1").subscribe("l2Book", "BTC").next(BOOK, 4);
        assertTrue(time(books.get(1)) > time(books.get(2)));
        assertTrue(time(books.get(3)) > time(books.get(1)));
    }

    @Test
    void shouldSendTradesLate() throws IOException {
        List<String> frames = client("late:by=1s@1").subscribe("trades", "BTC").next(TRADES, 12);
        List<Long> times = new ArrayList<>();
        for (String frame : frames.subList(1, frames.size())) {
            times.add(data(frame).get(0).get("time").longValue());
        }
        List<Long> sorted = times.stream().sorted().toList();
        assertNotEquals(sorted, times);
        assertTrue(times.indexOf(sorted.get(0)) > 1, times.toString());
    }

    @Test
    void shouldBreakTheJson() throws IOException {
        String broken = client("malformed").subscribe("l2Book", "BTC").next(BOOK);
        assertThrows(JsonProcessingException.class, () -> json.readTree(broken));
    }

    @Test
    void shouldCutTheTextInHalf() throws IOException {
        RawClient client = client("truncated").subscribe("l2Book", "BTC");
        String half = client.next(BOOK);
        assertThrows(JsonProcessingException.class, () -> json.readTree(half));
        assertTrue(json.readTree(client.next(BOOK)).isObject());
    }

    @Test
    void shouldBreakOffInsideAFrame() throws IOException {
        RawClient client = client("truncated:what=frame@1").subscribe("l2Book", "BTC");
        client.next(BOOK);
        assertFalse(client.isSilent(5_000));
        assertThrows(EOFException.class, () -> client.next("never"));
    }

    @Test
    void shouldSendFragments() throws IOException {
        RawClient client = client("fragmented:parts=3").subscribe("l2Book", "BTC");
        client.next(ACK);
        List<RawClient.Frame> parts = List.of(client.next(), client.next(), client.next());
        assertEquals(
                List.of(1, 0, 0), parts.stream().map(RawClient.Frame::opcode).toList());
        assertEquals(
                List.of(false, false, true),
                parts.stream().map(RawClient.Frame::last).toList());
        assertTrue(json.readTree(
                        parts.get(0).text() + parts.get(1).text() + parts.get(2).text())
                .get("data")
                .has("levels"));
    }

    @Test
    void shouldSendAFrameOfAnySize() throws IOException {
        RawClient client = client("huge", "huge:bytes=16777217@1").subscribe("l2Book", "BTC");
        assertEquals(1 << 24, client.next("webData9").length());
        assertEquals((1 << 24) + 1, client.next("webData9").length());
    }

    @Test
    void shouldSendWrongTypes() throws IOException {
        JsonNode level =
                data(client("wrong-type").subscribe("l2Book", "BTC").next(BOOK)).at("/levels/0/0");
        assertTrue(level.get("px").isObject() && level.get("sz").isTextual(), level.toString());
        assertTrue(
                data(client("wrong-type:field=time").subscribe("l2Book", "BTC").next(BOOK))
                        .get("time")
                        .isObject());
    }

    @Test
    void shouldSendUnknownChannelsAndKeys() throws IOException {
        assertTrue(json.readTree(client("unknown").subscribe("l2Book", "BTC").next("webData9"))
                .has("data"));
        JsonNode book =
                data(client("unknown:what=key").subscribe("l2Book", "BTC").next(BOOK));
        assertTrue(book.has("zz") && book.at("/levels/0/0").has("zz") && book.has("time"), book.toString());
    }

    @Test
    void shouldMoveTheVenuesTimes() throws IOException {
        List<String> books =
                client("clock-jump:by=-30s@2").subscribe("l2Book", "BTC").next(BOOK, 4);
        long back = time(books.get(1)) - time(books.get(2));
        assertTrue(back > 29_000 && back < 30_000, books.toString());
        assertTrue(time(books.get(3)) > time(books.get(2)));
    }

    @Test
    void shouldActSeveralTimesAndThenNoMore() throws IOException {
        List<String> books = client("malformed@1x2").subscribe("l2Book", "BTC").next(BOOK, 5);
        assertEquals(
                List.of(true, false, false, true, true),
                books.stream().map(this::isJson).toList());
    }

    @Test
    void shouldActOnFramesOfTheBlockAlike() throws IOException {
        MarketModel model = MarketModel.of(5, START);
        Conduct conduct = Conduct.good().with("duplicate:channel=l2Book@2");
        Simulator simulator =
                start(SimulatorConfig.of(model).withPace(Pace.rate(2_000)).withConduct(conduct));
        List<String> books = client(simulator).subscribe("l2Book", "BTC").next(BOOK, 5);
        assertEquals(books.get(2), books.get(3));
    }

    private boolean isJson(String text) {
        try {
            json.readTree(text);
            return true;
        } catch (JsonProcessingException refused) {
            return false;
        }
    }

    private JsonNode data(String frame) throws IOException {
        return json.readTree(frame).get("data");
    }

    private long time(String frame) throws IOException {
        return data(frame).get("time").longValue();
    }
}
