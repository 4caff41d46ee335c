package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.barlog.BarLogVerification;
import dev.millrace.market.Decimals;
import dev.millrace.market.Gap;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What strategies are told live, they are told by the journal: every callback in order, every bar byte for byte, every
 * gap; at full speed and paced.
 */
class LiveEqualsReplayTest {

    /** One that trades more during a break than its snapshot holds, and one whose snapshot overlaps. */
    private static final long START_MS = 1_756_904_000_000L;

    private static final List<SimulatedCoin> COINS = List.of(
            new SimulatedCoin("BTC", 5, 84_143 * Decimals.ONE, 8),
            new SimulatedCoin("WLFI", 0, Decimals.ONE / 5, 400),
            new SimulatedCoin("PURR/USDC", 0, Decimals.ONE / 7, 300));

    private static final String[] EVERYTHING = {
        "feed.channels=[trades, l2Book, l2Book-fast, bbo, allMids, candle, activeAssetCtx]",
        "bars.basis=[trade, mid]",
        "feed.coins=BTC,WLFI,PURR/USDC"
    };

    @TempDir
    Path folder;

    private final Diary live = new Diary();

    @Test
    void shouldReplayALiveMarketAsItWas() throws Exception {
        try (Simulator exchange = market()) {
            try (Engine engine = launch(exchange.wsUrl(), exchange)) {
                assertTrue(engine.plan().warnings().isEmpty());
                live.await("bars of all coins", () -> live.barCount() > 15);
                live.await("sentiment", () -> live.lines().stream().anyMatch(line -> line.startsWith("sentiment")));
            }
        }
        assertEquals(List.of(), live.gaps());
        for (String kind : List.of("start", "trade", "bbo", "book", "bar", "clock", "sentiment", "stop")) {
            assertTrue(live.lines().stream().anyMatch(line -> line.startsWith(kind)), () -> "no callback " + kind);
        }
        assertReplayIsLive();
    }

    @Test
    void shouldReplayAReconnectAsItWas() throws Exception {
        try (Simulator exchange = market();
                Tap line = new Tap(exchange.wsUrl())) {
            try (Engine engine = launch(line.wsUrl(), exchange)) {
                // Bars of what the snapshot holds come before the market moves.
                live.await("bars of a moving market", () -> live.barCount() > 10 && live.clockMs() > START_MS + 1_000);
                line.cut();
                long cutMs = live.clockMs();
                live.await("more trades than a snapshot holds", () -> live.clockMs() > cutMs + 300);
                line.mend();
                live.await("the gap", () -> !live.gaps().isEmpty());
                long bars = live.barCount();
                live.await("bars after the gap", () -> live.barCount() > bars + 8);
                assertTrue(engine.feed().reconnects() > 1);
            }
        }
        assertEquals(List.of("BTC"), live.gaps().stream().map(Gap::symbol).toList());
        assertReplayIsLive();
    }

    @Test
    void shouldReplayTwoSessionsOfOneJournalAsTheyWere() throws Exception {
        try (Simulator exchange = market()) {
            for (int session = 1; session <= 2; session++) {
                long bars = live.barCount();
                try (Engine engine = launch(exchange.wsUrl(), exchange)) {
                    live.await("bars of a session", () -> live.barCount() > bars + 8);
                    assertFalse(engine.failure().isDone());
                }
            }
        }
        assertEquals(2, live.lines().stream().filter("stop"::equals).count());
        assertReplayIsLive();
    }

    private void assertReplayIsLive() throws IOException, InterruptedException {
        AtomicLong sleptNs = new AtomicLong();
        Pace recorded = Pace.recorded(1, sleptNs::get, sleptNs::addAndGet);
        for (Pace pace : List.of(Pace.MAX, recorded)) {
            Daemon.Replayed replayed = Daemon.replay(folder, pace);
            Daemon.assertLines(live.lines(), replayed.diary().lines(), "callbacks");
            assertEquals(live.csv(), replayed.diary().csv());
            assertEquals(live.gaps(), replayed.derived());
            assertEquals(Daemon.journaledGaps(folder), replayed.derived());
        }
        BarLogVerification.Result bars = Daemon.verifyBars(folder);
        assertFalse(bars.isDifferent(), bars::toString);
        assertEquals(0, bars.unverified());
        assertEquals(live.barCount(), bars.bars());
        assertEquals(Daemon.spanNs(folder), sleptNs.get(), "what the paced replay waited, in ns");
    }

    private Engine launch(URI wsUrl, Simulator exchange, String... more) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(EVERYTHING));
        all.addAll(Arrays.asList(more));
        all.add("sentiment.url=" + exchange.restUrl());
        String[] settings = all.toArray(String[]::new);
        return Engine.launch(Daemon.config(folder, wsUrl, exchange.restUrl(), settings), List.of(live));
    }

    private static Simulator market() throws IOException {
        MarketModel model = MarketModel.of(7, START_MS).withCoins(COINS).withCadence(Cadence.lively());
        return Simulator.start(SimulatorConfig.of(model));
    }
}
