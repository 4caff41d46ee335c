package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the exchange refuses, and what a fault makes it refuse, through real sockets and in the test's own time. */
class LimitsTest {

    private static final MarketModel MODEL = MarketModel.of(5, 1_790_232_000_000L);

    private final AtomicLong nowNs = new AtomicLong();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private Simulator simulator(String limits, String... faults) throws IOException {
        Conduct conduct = Conduct.good().withLimits(Limits.parse(limits)).withClock(nowNs::get);
        for (String fault : faults) {
            conduct = conduct.with(fault);
        }
        Simulator simulator = Simulator.start(SimulatorConfig.of(MODEL).withConduct(conduct));
        open.add(simulator);
        return simulator;
    }

    private RawClient client(Simulator simulator) throws IOException {
        RawClient client = new RawClient(simulator);
        open.add(client);
        return client;
    }

    private void pass(Duration time) {
        nowNs.addAndGet(time.toNanos());
    }

    @Test
    void shouldRefuseOneConnectionTooMany() throws IOException {
        Simulator simulator = simulator("connections=2");
        assertEquals(101, client(simulator).status());
        assertEquals(101, client(simulator).status());
        assertEquals(429, client(simulator).status());
    }

    @Test
    void shouldRefuseNewConnectionsUntilTheMinuteIsOver() throws IOException {
        Simulator simulator = simulator("connects=2");
        assertEquals(101, client(simulator).status());
        pass(Duration.ofSeconds(20));
        assertEquals(101, client(simulator).status());
        assertEquals(429, client(simulator).status());
        pass(Duration.ofSeconds(40));
        assertEquals(101, client(simulator).status());
        assertEquals(429, client(simulator).status());
    }

    @Test
    void shouldRefuseOneSubscriptionTooManyOverAllSockets() throws IOException {
        Simulator simulator = simulator("subscriptions=2");
        RawClient first = client(simulator).subscribe("bbo", "BTC").subscribe("bbo", "ETH");
        first.next("subscriptionResponse", 2);
        RawClient second = client(simulator).subscribe("bbo", "SOL");
        assertEquals("{\"channel\":\"error\",\"data\":\"Too many subscriptions\"}", second.next("error"));
        first.unsubscribe("bbo", "BTC").next("unsubscribe");
        assertTrue(second.subscribe("bbo", "SOL").next("subscriptionResponse").contains("SOL"));
    }

    @Test
    void shouldRefuseMessagesUntilTheMinuteIsOver() throws IOException {
        RawClient client = client(simulator("messages=2")).subscribe("bbo", "BTC");
        client.next("subscriptionResponse");
        client.untilPong();
        pass(Duration.ofSeconds(59));
        client.send("{\"method\":\"ping\"}");
        assertEquals("{\"channel\":\"error\",\"data\":\"Too many messages\"}", client.next("error"));
        pass(Duration.ofSeconds(1));
        client.untilPong();
    }

    @Test
    void shouldCloseASocketToWhichNothingWasSentForAMinute() throws IOException {
        RawClient client = client(simulator("none"));
        pass(Duration.ofSeconds(59));
        client.untilPong();
        pass(Duration.ofSeconds(59));
        client.untilPong();
        pass(Duration.ofSeconds(60));
        assertThrows(EOFException.class, client::next);
    }

    @Test
    void shouldRefuseByStatusAndByRst() throws IOException {
        Simulator simulator = simulator("none", "refuse", "refuse:how=429", "refuse:how=reset");
        assertEquals(403, client(simulator).status());
        assertEquals(429, client(simulator).status());
        assertThrows(SocketException.class, () -> client(simulator));
        assertEquals(101, client(simulator).status());
    }

    @Test
    void shouldRefuseForAWhile() throws IOException {
        Simulator simulator = simulator("none", "refuse:for=5s@10sx9");
        assertEquals(101, client(simulator).status());
        pass(Duration.ofSeconds(10));
        assertEquals(403, client(simulator).status());
        pass(Duration.ofSeconds(5));
        assertEquals(101, client(simulator).status());
    }

    @Test
    void shouldListenOnNoPortForAWhile() throws Exception {
        Simulator simulator = simulator("none", "no-port:for=2s@1s");
        RawClient before = client(simulator);
        pass(Duration.ofSeconds(1));
        while (isListening(simulator)) {
            before.untilPong();
        }
        before.untilPong();
        pass(Duration.ofSeconds(2));
        while (!isListening(simulator)) {
            before.untilPong();
        }
        assertEquals(101, client(simulator).status());
    }

    private static boolean isListening(Simulator simulator) throws IOException {
        try (RawClient probe = new RawClient(simulator)) {
            return probe.status() == 101;
        } catch (ConnectException refused) {
            return false;
        } catch (EOFException | SocketException closing) {
            return true;
        }
    }

    @Test
    void shouldSayWhichLimitsThereAre() {
        assertEquals(7, Limits.parse("connects=7").connects());
        assertEquals(1_200, Limits.parse("connects=7").weight());
        var refused = assertThrows(IllegalArgumentException.class, () -> Limits.parse("conects=7"));
        assertTrue(refused.getMessage().contains("connects")
                && refused.getMessage().contains("venue"));
        assertThrows(IllegalArgumentException.class, () -> Limits.parse("connects=0"));
    }
}
