package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.barlog.BarLogVerification;
import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.Channel;
import dev.millrace.market.Decimals;
import dev.millrace.market.Gap;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Trade;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.BlockFrames;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.strategy.Strategy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A handover while the exchange sends all that the two daemons take, and one whose new connection is cut on the way. */
@Tag("stress")
@Tag("stress-daemon")
@Timeout(300)
class HandoverUnderLoadTest {

    private static final long START_MS = 1_756_904_000_000L;
    private static final Pattern TRADE = Pattern.compile("\"time\":(\\d+).*?\"tid\":(\\d+)");
    private static final MarketModel MODEL = MarketModel.of(7, START_MS)
            .withCoins(List.of(
                    new SimulatedCoin("BTC", 5, 84_143 * Decimals.ONE, 8),
                    new SimulatedCoin("WLFI", 0, Decimals.ONE / 5, 400),
                    new SimulatedCoin("PURR/USDC", 0, Decimals.ONE / 7, 300)));
    private static final String[] SETTINGS = {
        "feed.channels=[trades, l2Book, l2Book-fast, bbo, allMids, candle, activeAssetCtx]",
        "feed.coins=BTC,WLFI,PURR/USDC",
        "bars.basis=[trade, mid]",
        "bars.timeframes=[1s, 1m]",
        "pipeline.ring-bytes=4 MiB", // the exchange waits for the daemons, not in their memory
    };

    @TempDir
    Path folder;

    private final Ledger before = new Ledger();
    private final Ledger after = new Ledger();

    @Test
    void shouldLeaveNoGapAndNoDuplicateAtFullSpeed() throws Exception {
        SimulatorConfig full = SimulatorConfig.of(MODEL).withPace(dev.millrace.simulator.Pace.max());
        try (Simulator exchange = Simulator.start(full)) {
            handOver(exchange, exchange.wsUrl(), 300, () -> {});
        }
        assertOneRecording();
        Set<Ledger.Key> all = new HashSet<>(before.trades());
        all.addAll(after.trades());
        assertEquals(before.trades().size() + after.trades().size(), all.size(), "each once");
        assertWhole(all);
    }

    @Test
    void shouldOverlapAgainAfterTheNewConnectionWasCut() throws Exception {
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(MODEL));
                Tap line = new Tap(exchange.wsUrl())) {
            line.cutAt(10); // not all is acknowledged yet: nothing can have been released
            handOver(exchange, line.wsUrl(), 12, () -> {
                line.awaitCut();
                assertFalse(before.isOver(), "the first goes on");
                line.mend();
            });
        }
        assertOneRecording();
        Set<Ledger.Key> all = new HashSet<>(before.trades());
        all.addAll(after.trades());
        assertEquals(before.trades().size() + after.trades().size(), all.size(), "each once");
    }

    private interface Meanwhile {
        void run() throws Exception;
    }

    private void handOver(Simulator exchange, URI ws, int bars, Meanwhile meanwhile) throws Exception {
        Engine first =
                Engine.launch(Daemon.config(folder, exchange.wsUrl(), exchange.restUrl(), SETTINGS), List.of(before));
        CompletableFuture<Void> closing = first.successor().thenAcceptAsync(pid -> first.close());
        before.awaitBars(bars);
        CompletableFuture<Engine> second = takeOver(ws, exchange.restUrl());
        meanwhile.run();
        try (Engine engine = second.get(Waiting.PATIENCE_S, TimeUnit.SECONDS)) {
            closing.get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
            after.awaitBars(bars);
            assertTrue(engine.counters().value("trades.duplicates") > 0, "both had some");
        }
    }

    private CompletableFuture<Engine> takeOver(URI ws, URI rest) {
        CompletableFuture<Engine> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(Engine.takeOver(Daemon.config(folder, ws, rest, SETTINGS), List.of(after), line -> {}));
            } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private void assertOneRecording() throws InterruptedException {
        assertEquals(List.of(), before.gaps());
        assertEquals(List.of(), after.gaps());
        assertEquals(List.of(), Daemon.journaledGaps(folder));
        assertEquals(List.of(), Daemon.replay(folder, Pace.MAX).derived());
        BarLogVerification.Result bars = Daemon.verifyBars(folder);
        assertFalse(bars.isDifferent(), bars::toString);
        assertEquals(0, bars.unverified());
        before.bars().putAll(after.bars());
        for (Basis basis : Basis.values()) {
            int complete = 0;
            for (NavigableMap<Long, Boolean> series : before.series(basis)) {
                complete += completeInOneRun(series);
            }
            assertTrue(complete > 5, complete + " complete bars of " + basis);
        }
    }

    /** The first bar began before the recording did; from the first complete one to the end none is missing. */
    private static int completeInOneRun(NavigableMap<Long, Boolean> series) {
        List<Boolean> complete = new ArrayList<>(series.values());
        int first = complete.indexOf(true);
        List<Boolean> run = first < 0 ? List.of() : complete.subList(first, complete.size());
        assertFalse(run.contains(false), series::toString);
        return run.size();
    }

    /** Whatever the exchange sent between the first and the last was accepted. */
    private static void assertWhole(Set<Ledger.Key> all) {
        BlockFrames truth = new BlockFrames(MODEL);
        long fromMs = START_MS; // the first snapshot reaches back before it
        long toMs = all.stream().mapToLong(Ledger.Key::timeMs).max().orElseThrow();
        MarketEvent event = new MarketEvent(1 << 16);
        int compared = 0;
        for (long timeMs = truth.timeMs(); timeMs < toMs; timeMs = truth.timeMs()) {
            if (truth.subscription().channel() != Channel.TRADES || timeMs < fromMs) {
                truth.skip();
                continue;
            }
            String coin = truth.subscription().coin();
            truth.next(event, 0, 0);
            Matcher trades = TRADE.matcher(new String(event.bytes(), 0, event.length(), StandardCharsets.US_ASCII));
            while (trades.find()) {
                Ledger.Key key = new Ledger.Key(coin, Long.parseLong(trades.group(1)), Long.parseLong(trades.group(2)));
                assertTrue(all.contains(key), () -> "missing " + key);
                compared++;
            }
        }
        assertTrue(compared > 1_000, compared + " trades compared");
    }

    /** What a strategy was told of trades, bars and gaps, in little memory. */
    private static final class Ledger implements Strategy {

        record Key(String coin, long timeMs, long tid) {}

        private final Set<Key> trades = new HashSet<>();
        private final Map<String, Bar> bars = new TreeMap<>();
        private final List<Gap> gaps = new ArrayList<>();
        private int closed;
        private boolean over;

        @Override
        public synchronized void onTrade(Trade trade) {
            assertTrue(trades.add(new Key(trade.symbolName, trade.timeMs, trade.tid)), () -> "twice: " + trade.tid);
        }

        @Override
        public synchronized void onBar(Bar bar) {
            onBarRevised(bar);
            closed++;
            notifyAll();
        }

        @Override
        public synchronized void onBarRevised(Bar bar) {
            Bar copy = new Bar();
            copy.set(bar);
            bars.put(bar.basis + " " + bar.symbolName + " " + bar.timeframe + " " + bar.startMs, copy);
        }

        @Override
        public synchronized void onGap(Gap gap) {
            gaps.add(gap);
        }

        @Override
        public synchronized void onStop() {
            over = true;
        }

        synchronized void awaitBars(int count) throws InterruptedException {
            while (closed < count) {
                wait();
            }
        }

        synchronized boolean isOver() {
            return over;
        }

        Set<Key> trades() {
            return trades;
        }

        Map<String, Bar> bars() {
            return bars;
        }

        List<Gap> gaps() {
            return gaps;
        }

        /** Whether each bar is complete, by start, for each coin and timeframe. */
        List<NavigableMap<Long, Boolean>> series(Basis basis) {
            Map<String, NavigableMap<Long, Boolean>> series = new TreeMap<>();
            for (Bar bar : bars.values()) {
                if (bar.basis == basis) {
                    series.computeIfAbsent(bar.symbolName + bar.timeframe, name -> new TreeMap<>())
                            .put(bar.startMs, bar.complete);
                }
            }
            return List.copyOf(series.values());
        }
    }
}
