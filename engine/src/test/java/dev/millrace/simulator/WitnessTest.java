package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import dev.millrace.simulator.faults.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a witness sees is what a client gets, and what the market did beside it. */
class WitnessTest {

    private static final MarketModel MODEL =
            MarketModel.of(5, 1_790_232_000_000L).withCadence(new Cadence(10, 10, 10, 10));

    private final List<Long> tids = new CopyOnWriteArrayList<>();
    private final List<String> struck = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();

    private final Witness witness = new Witness() {
        @Override
        public void onTrades(String coin, List<SimulatedTrade> block) {
            if (coin.equals("BTC")) {
                block.forEach(trade -> tids.add(trade.tid()));
            }
        }

        @Override
        public void onSent(long socket, byte[] wire) {
            if (socket == 1) {
                synchronized (first) {
                    first.writeBytes(wire);
                }
            }
        }

        @Override
        public void onFault(Fault fault) {
            struck.add(fault.kind().text());
        }
    };

    @Test
    void shouldSeeWhatTheWireCarriesBehindTheFaults() throws IOException {
        try (Simulator simulator = simulator("malformed@2");
                RawClient client = new RawClient(simulator)) {
            List<String> frames = client.subscribe("l2Book", "BTC").next("\"l2Book\"", 4).stream()
                    .toList();
            synchronized (first) {
                String sent = first.toString(StandardCharsets.UTF_8);
                frames.forEach(frame -> assertTrue(sent.contains(frame), frame));
            }
            assertEquals(List.of("malformed"), struck);
        }
    }

    @Test
    void shouldSeeTradesThatNobodyIsTold() throws IOException {
        try (Simulator simulator = simulator("mute:channel=trades@1");
                RawClient client = new RawClient(simulator)) {
            client.subscribe("trades", "BTC").subscribe("l2Book", "BTC");
            int before = tids.size();
            client.next("\"l2Book\"", 500);
            assertTrue(tids.size() > before, "no trade in 500 books");
            assertEquals(List.of("mute"), struck.stream().distinct().toList());
        }
    }

    /** However long the exchange took to be made, by the clock that this thread reads, it listened from then on. */
    @Test
    void shouldCountTheTimesOfAllFaultsFromTheMomentItListens() throws IOException {
        Thread maker = Thread.currentThread();
        AtomicLong nowNs = new AtomicLong(TimeUnit.SECONDS.toNanos(20));
        Conduct conduct = Conduct.good()
                .with("malformed@10s")
                .with("no-port@10s")
                .withClock(() -> Thread.currentThread().equals(maker) ? 0 : nowNs.get())
                .withWitness(witness);
        try (Simulator simulator =
                        Simulator.start(SimulatorConfig.of(MODEL).withRealTime().withConduct(conduct));
                RawClient client = new RawClient(simulator)) {
            client.subscribe("l2Book", "BTC").untilPong();
            assertEquals(List.of(), struck);
            nowNs.addAndGet(TimeUnit.SECONDS.toNanos(10));
            Waiting.until("both faults", () -> struck.containsAll(List.of("malformed", "no-port")), () -> struck);
        }
    }

    private Simulator simulator(String fault) throws IOException {
        return Simulator.start(
                SimulatorConfig.of(MODEL).withConduct(Conduct.good().with(fault).withWitness(witness)));
    }
}
