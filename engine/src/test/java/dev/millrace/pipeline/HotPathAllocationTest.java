package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.JournalConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.SimulatedMarket;
import dev.millrace.strategy.StrategyHost;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journaller and the market thread allocate once every symbol was seen, over every channel. */
class HotPathAllocationTest {

    private static final long START_MS = 1_756_904_000_000L;
    /** Each slice holds every channel and many bars. */
    private static final int SLICES = 4;
    /**
     * How often the same messages may be played to a new market until nothing is allocated. When a thread asks for the
     * compilation of a hot method, the JVM resolves the constant strings of its class, and that thread pays for them: once a
     * class, at a moment that depends on the machine's load. What a message costs comes in every pass.
     */
    private static final int MOST_PASSES = 12;

    private static final int WARM_ROUNDS = 4;
    private static final int ROUNDS = 2;
    /** What the JVM does once falls into one series; what a message costs falls into all. */
    private static final int SERIES = 3;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    @Test
    void shouldAllocateNothingOnTheMarketThread() {
        List<MarketEvent> messages = messages();
        List<String> passes = new ArrayList<>();
        boolean clean = false;
        while (!clean && passes.size() < MOST_PASSES) {
            long[] bytes = marketBytes(messages);
            clean = Arrays.stream(bytes).allMatch(slice -> slice == 0);
            passes.add(Arrays.toString(bytes));
        }
        assertTrue(clean, () -> "bytes on the market thread, by slice, in each pass: " + passes);
    }

    /** What a new market allocates once every symbol was seen, by slice of the last quarter of the messages. */
    private static long[] marketBytes(List<MarketEvent> messages) {
        int warm = messages.size() * 3 / 4;
        Counters counters = new Counters();
        Market market = new Market(
                new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC())), (gap, ns) -> {}, counters);
        new Tape()
                .session(START_MS, results())
                .lifecycle(Lifecycle.CONNECTED, 1, START_MS)
                .play(market);
        play(market, messages, 0, warm);
        long refusedBefore = refused(counters);
        long barsBefore = counters.value("bars.closed");
        long[] bytes = new long[SLICES];
        for (int slice = 0; slice < SLICES; slice++) {
            int from = warm + (messages.size() - warm) * slice / SLICES;
            int to = warm + (messages.size() - warm) * (slice + 1) / SLICES;
            long start = THREADS.getCurrentThreadAllocatedBytes();
            play(market, messages, from, to);
            bytes[slice] = THREADS.getCurrentThreadAllocatedBytes() - start - ownCost();
        }
        assertEquals(0, refused(counters) - refusedBefore, "refused messages");
        long bars = counters.value("bars.closed") - barsBefore;
        assertTrue(bars > 200, () -> "too few bars to prove anything: " + bars);
        return bytes;
    }

    @Test
    void shouldAllocateNextToNothingInTheJournaller() {
        List<MarketEvent> messages = messages();
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 4096);
        try (JournalWriter journal = JournalWriter.open(folder, config, LocalClock.system(), new Counters())) {
            // The last of its one-off costs, compilation's included, come within the first hundred thousand.
            append(journal, messages, WARM_ROUNDS);
            double least = Double.MAX_VALUE;
            for (int series = 0; series < SERIES; series++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                append(journal, messages, ROUNDS);
                long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
                least = Math.min(least, (double) bytes / (ROUNDS * messages.size()));
            }
            double each = least;
            System.out.printf("journaller: %.4f bytes a message over %d%n", each, ROUNDS * messages.size());
            assertTrue(each <= 0.05, () -> "the journaller allocates " + each + " bytes a message; at most 0.05");
        }
    }

    private static void play(Market market, List<MarketEvent> messages, int from, int to) {
        for (int i = from; i < to; i++) {
            market.onEvent(messages.get(i));
        }
    }

    private static void append(JournalWriter journal, List<MarketEvent> messages, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (MarketEvent message : messages) {
                journal.append(message);
            }
        }
    }

    private static long refused(Counters counters) {
        return counters.all().stream()
                .filter(counter -> counter.name().startsWith("codec.refused"))
                .mapToLong(counter -> counter.get())
                .sum();
    }

    /** Asking costs, too. */
    private static long ownCost() {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Ten minutes of three coins over every channel, with a window and a horizon that are full long before. */
    private static List<MarketEvent> messages() {
        MarketModel model = MarketModel.of(11, START_MS)
                .withCoins(Stream.of("BTC", "SOL", "PURR/USDC")
                        .map(SimulatedCoin::named)
                        .toList())
                .withCadence(Cadence.lively());
        SimulatedMarket market = new SimulatedMarket(model);
        List<Subscription> subscriptions = subscriptions(model);
        List<MarketEvent> messages = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            messages.add(message(START_MS, Frames.ack(subscription).getBytes(StandardCharsets.UTF_8)));
            market.snapshot(subscription).ifPresent(frame -> messages.add(message(START_MS, frame)));
        }
        while (market.nextTimeMs() < START_MS + 600_000) {
            long timeMs = market.next().timeMs();
            for (Subscription subscription : subscriptions) {
                market.frame(subscription).ifPresent(frame -> messages.add(message(timeMs + 200, frame)));
            }
        }
        return messages;
    }

    private static List<Subscription> subscriptions(MarketModel model) {
        List<Subscription> all = new ArrayList<>(List.of(Subscription.allMids("")));
        for (SimulatedCoin coin : model.coins()) {
            all.addAll(List.of(
                    Subscription.trades(coin.name()),
                    Subscription.book(coin.name(), false),
                    Subscription.book(coin.name(), true),
                    Subscription.bbo(coin.name()),
                    Subscription.candle(coin.name(), "1m"),
                    Subscription.assetContext(coin.name())));
        }
        return all;
    }

    private static MarketEvent message(long receiveMs, byte[] frame) {
        MarketEvent event = new MarketEvent(frame.length);
        System.arraycopy(frame, 0, event.bytes(), 0, frame.length);
        event.set(RecordKind.FRAME, Source.of(Source.HYPERLIQUID_WS, 1, 0), receiveMs * Tape.MS, frame.length);
        return event;
    }

    private static ResultConfig results() {
        return Tape.results(256, Duration.ofSeconds(40), "1s", "1m");
    }
}
