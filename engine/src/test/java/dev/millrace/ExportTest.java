package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.journal.JournalExport;
import dev.millrace.market.EventSink;
import dev.millrace.market.Subscription;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.SimulatedMarket;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tap on the line saw is what {@code journal export} gives: byte for byte, in order, over reconnects. */
class ExportTest {

    private static final List<String> COINS = List.of("BTC", "kPEPE");
    private static final String EVERYTHING =
            "feed.channels=[trades, l2Book, l2Book-fast, bbo, allMids, activeAssetCtx]";

    @TempDir
    Path folder;

    private final Diary diary = new Diary();

    @Test
    void shouldExportWhatTheExchangeSent() throws Exception {
        List<List<byte[]>> segments = List.of(frames(1, 60_000), frames(2, 30_000));
        long sent = segments.stream().mapToLong(List::size).sum();
        List<byte[]> passed;
        try (Simulator exchange = Segments.play(COINS, segments);
                Tap line = new Tap(exchange.wsUrl())) {
            try (Engine engine = launch(line, exchange)) {
                diary.await("two connections", () -> engine.counters().value("feed.lost") >= segments.size());
            }
            passed = line.messages();
        }
        List<byte[]> exported = export();
        // Acknowledgements of a last connection may still have been on the line.
        assertSame(passed.subList(0, exported.size()), exported);
        assertTrue(exported.size() > sent, () -> exported.size() + " of more than " + sent);
        System.out.println(exported.size() + " messages exported as they were sent");
    }

    @Test
    void shouldJournalAndExportMessagesOfAnySizeUpToTheLimit() throws Exception {
        MarketModel model = MarketModel.of(5, 1_756_904_000_000L);
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(model));
                Tap line = new Tap(exchange.wsUrl())) {
            List<byte[]> large = List.of(unknown(1 << 20), unknown(EventSink.MAX_PAYLOAD), unknown(100));
            try (Engine engine = launch(line, exchange)) {
                diary.await("the first trades", () -> diary.lines().size() > 10);
                for (byte[] message : large) {
                    line.add(message);
                }
                diary.await(
                        "what the test added", () -> engine.counters().value("codec.frames.unknown") == large.size());
                assertEquals(List.of(), engine.health().problems());
            }
            List<byte[]> exported = export();
            assertSame(line.messages().subList(0, exported.size()), exported);
            assertTrue(large.stream().allMatch(one -> exported.stream().anyMatch(other -> Arrays.equals(one, other))));
        }
    }

    private Engine launch(Tap line, Simulator exchange) throws InterruptedException {
        return Engine.launch(Daemon.config(folder, line.wsUrl(), exchange.restUrl(), EVERYTHING), List.of(diary));
    }

    private List<byte[]> export() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(
                0,
                JournalExport.run(Daemon.journal(folder), out, false, done -> {})
                        .leftOut());
        List<byte[]> lines = new ArrayList<>();
        byte[] all = out.toByteArray();
        int from = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                lines.add(Arrays.copyOfRange(all, from, i));
                from = i + 1;
            }
        }
        assertEquals(all.length, from, "the last line has no end");
        return lines;
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            int message = i;
            assertArrayEquals(expected.get(i), actual.get(i), () -> "message " + message);
        }
    }

    private static byte[] unknown(int length) {
        byte[] frame = new byte[length];
        Arrays.fill(frame, (byte) 'x');
        byte[] head = Segments.bytes("{\"channel\":\"bookOfTomorrow\",\"data\":\"");
        System.arraycopy(head, 0, frame, 0, head.length);
        frame[length - 2] = '"';
        frame[length - 1] = '}';
        return frame;
    }

    /** The market's every channel for some exchange time. */
    private static List<byte[]> frames(long seed, long durationMs) {
        MarketModel model = MarketModel.of(seed, 1_756_904_000_000L + seed * 3_600_000)
                .withCoins(COINS.stream().map(SimulatedCoin::named).toList())
                .withCadence(Cadence.lively());
        SimulatedMarket market = new SimulatedMarket(model);
        List<Subscription> subscriptions = new ArrayList<>(List.of(Subscription.allMids("")));
        for (String coin : COINS) {
            subscriptions.addAll(List.of(
                    Subscription.trades(coin),
                    Subscription.book(coin, false),
                    Subscription.book(coin, true),
                    Subscription.bbo(coin),
                    Subscription.assetContext(coin)));
        }
        List<byte[]> frames = new ArrayList<>();
        while (market.nextTimeMs() < model.startMs() + durationMs) {
            market.next();
            subscriptions.forEach(subscription -> market.frame(subscription).ifPresent(frames::add));
        }
        return frames;
    }
}
