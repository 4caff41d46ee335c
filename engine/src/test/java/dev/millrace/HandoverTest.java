package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.barlog.BarLogVerification;
import dev.millrace.codec.hyperliquid.AccountAddress;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.control.ControlClient;
import dev.millrace.handover.HandoverException;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.Decimals;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.LoggedRequest;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One daemon takes over from another on one journal: as if there had been one, or the first goes on as if alone. */
@Tag("stress")
@Tag("stress-daemon")
@Timeout(300)
class HandoverTest {

    private static final long START_MS = 1_756_904_000_000L;
    private static final long AN_HOUR_MS = 3_600_000;
    private static final List<SimulatedCoin> COINS = List.of(
            new SimulatedCoin("BTC", 5, 84_143 * Decimals.ONE, 8),
            new SimulatedCoin("WLFI", 0, Decimals.ONE / 5, 400),
            new SimulatedCoin("PURR/USDC", 0, Decimals.ONE / 7, 300));
    private static final String EVERYTHING =
            "feed.channels=[trades, l2Book, l2Book-fast, bbo, allMids, candle, activeAssetCtx]";

    private static final String ALL_COINS = "feed.coins=BTC,WLFI,PURR/USDC";

    @TempDir
    Path root;

    private final List<String> told = new ArrayList<>();

    @Test
    void shouldLeaveNoGapAndNoDuplicate() throws Exception {
        Path folder = root.resolve("a");
        Path whole = root.resolve("b");
        Diary before = new Diary();
        Diary after = new Diary();
        Diary uninterrupted = new Diary();
        try (Simulator exchange = market(START_MS)) {
            try (Engine alone = launch(whole, exchange.wsUrl(), exchange, uninterrupted)) {
                uninterrupted.await("bars", () -> uninterrupted.barCount() > 5);
                try (Engine second = handOver(folder, exchange, before, after)) {
                    after.await("bars of the second", () -> after.barCount() > 10);
                    assertTrue(second.counters().value("trades.duplicates") > 0, "both had the snapshots");
                    assertEquals(0, second.counters().value("recovery.records"), "it started from the last snapshot");
                }
                assertFalse(alone.failure().isDone());
            }
        }
        assertEquals(List.of(StartReason.FIRST, StartReason.HANDOVER), startReasons(folder));
        assertEquals(List.of(), before.gaps());
        assertEquals(List.of(), after.gaps());
        assertEquals(List.of(), Daemon.journaledGaps(folder));
        Daemon.Replayed replayed = Daemon.replay(folder, Pace.MAX);
        assertEquals(List.of(), replayed.derived());
        assertTrades(trades(before, after), trades(uninterrupted));
        assertBars(
                replayed.diary().csvLines(),
                Daemon.replay(whole, Pace.MAX).diary().csvLines());
        BarLogVerification.Result bars = Daemon.verifyBars(folder);
        assertFalse(bars.isDifferent(), bars::toString);
        assertEquals(0, bars.unverified());
        assertTrue(told.stream().anyMatch(line -> line.contains("the state saved, up to record")), told::toString);
    }

    @Test
    void shouldGoOnWhenTheOtherFailsBeforeTheRelease() throws Exception {
        Diary diary = new Diary();
        try (Simulator exchange = market(START_MS);
                Simulator ahead = market(START_MS + AN_HOUR_MS);
                Engine first = launch(root, exchange.wsUrl(), exchange, diary)) {
            diary.await("bars", () -> diary.barCount() > 5);
            assertRefused(
                    "handover.max-bytes = 1048576 did not suffice", ahead, ahead.wsUrl(), "handover.max-bytes=1 MiB");
            assertRefused(
                    "not ready within handover.timeout = 500 ms; the running daemon goes on",
                    ahead,
                    ahead.wsUrl(),
                    "handover.timeout=500 ms");
            assertRefused(
                    "the exchange is not connected",
                    exchange,
                    URI.create("ws://127.0.0.1:1/ws"),
                    "handover.timeout=500 ms");
            assertRefused(
                    "hyperliquid.environment is testnet",
                    exchange,
                    exchange.wsUrl(),
                    "hyperliquid.environment=testnet");
            CompletableFuture<Engine> waiting = takeOver(root, ahead.wsUrl(), ahead, new Diary());
            awaitClaim();
            assertRefused("is taking over already", exchange, exchange.wsUrl());
            interrupt.run();
            assertThrows(CompletionException.class, waiting::join);
            long bars = diary.barCount();
            diary.await("more bars", () -> diary.barCount() > bars + 5);
            assertFalse(first.successor().isDone());
            assertFalse(first.failure().isDone());
            assertEquals(1, first.feed().connection());
        }
        assertEquals(List.of(StartReason.FIRST), startReasons(root));
        assertEquals(List.of(), Daemon.journaledGaps(root));
        Daemon.assertLines(Daemon.replay(root, Pace.MAX).diary().lines(), diary.lines(), "callbacks");
    }

    @Test
    void shouldLeaveACleanFolderWhenTheOtherDiesAfterTheRelease() throws Exception {
        Diary diary = new Diary();
        Diary next = new Diary();
        try (Simulator exchange = market(START_MS)) {
            Engine first = launch(root, exchange.wsUrl(), exchange, diary);
            try (first) {
                diary.await("bars", () -> diary.barCount() > 5);
                ControlClient control = new ControlClient(root.resolve("control.sock"));
                Map<String, Object> claim = new HashMap<>();
                control.ask(Map.of("command", "handover", "pid", 1), claim::putAll);
                CompletableFuture<Void> closing = first.successor().thenAcceptAsync(pid -> first.close());
                control.ask(
                        Map.of("command", "handover-release", "pid", 1, "claim", claim.get("claim")),
                        line -> told.add(line.toString()));
                closing.get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
            }
            Engine second = launch(root, exchange.wsUrl(), exchange, next);
            try (second) {
                next.await("bars", () -> next.barCount() > 5);
                assertEquals(0, second.counters().value("recovery.records"));
            }
        }
        assertEquals(List.of(StartReason.FIRST, StartReason.CLEAN), startReasons(root));
        assertFalse(Daemon.verifyBars(root).isDifferent());
    }

    @Test
    void shouldKnowWhatTheOtherSpentOfTheRestBudgetAndAskAlone() throws Exception {
        AccountQuestion question = new AccountQuestion(
                new AccountAddress("0x" + "5e".repeat(20)), AccountPart.FEES, Optional.empty(), Optional.empty());
        Diary before = new Diary();
        Diary after = new Diary();
        try (Simulator exchange = market(START_MS)) {
            Engine first = launch(root, exchange.wsUrl(), exchange, before);
            for (int i = 0; i < 5; i++) {
                first.account(question, new NoRows());
            }
            CompletableFuture<Void> closing = first.successor().thenAcceptAsync(pid -> first.close());
            CompletableFuture<Engine> second = takeOver(root, exchange.wsUrl(), exchange, after);
            Waiting.until("the claim", () -> hasTold() || second.isDone());
            Thread late = new Thread(
                    () -> assertThrows(InterruptedException.class, () -> first.account(question, new NoRows())));
            late.start();
            try (Engine next = second.get(Waiting.PATIENCE_S, TimeUnit.SECONDS)) {
                closing.get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
                assertEquals(
                        5,
                        exchange.requests().stream()
                                .filter(request -> request.type().equals("userFees"))
                                .count(),
                        "the first asks nothing once it is claimed");
                int served = exchange.requests().stream()
                        .mapToInt(LoggedRequest::weight)
                        .sum();
                assertTrue(served > 5 * 20, () -> "weight " + served);
                assertTrue(
                        next.counters().value("rest.weight") >= served,
                        () -> "the exchange served " + served + ", the second knows of "
                                + next.counters().value("rest.weight"));
            } finally {
                late.interrupt();
                late.join();
            }
        }
    }

    /** Takes rows. */
    private static final class NoRows implements ResultSink {
        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void row(List<Object> values) {}
    }

    @Test
    void shouldSayThatThereIsNothingToTakeOver() throws Exception {
        Path none = root.resolve("none");
        try (Simulator exchange = market(START_MS)) {
            HandoverException refused = assertThrows(
                    HandoverException.class,
                    () -> Engine.takeOver(
                            Daemon.config(none, exchange.wsUrl(), exchange.restUrl()), List.of(), told::add));
            assertEquals("nothing to take over; use millrace run", refused.getMessage());
        }
        assertFalse(Files.exists(none));
    }

    private volatile Runnable interrupt;

    /** The second daemon; the first was closed as its command would. */
    private Engine handOver(Path folder, Simulator exchange, Diary before, Diary after) throws Exception {
        Engine first = launch(folder, exchange.wsUrl(), exchange, before);
        before.await("bars of the first", () -> before.barCount() > 10);
        CompletableFuture<Void> closing = first.successor().thenAcceptAsync(pid -> {
            assertEquals(ProcessHandle.current().pid(), pid);
            first.close();
        });
        Engine second = takeOver(folder, exchange.wsUrl(), exchange, after).get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
        closing.get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
        return second;
    }

    private CompletableFuture<Engine> takeOver(Path folder, URI ws, Simulator exchange, Diary diary) {
        CompletableFuture<Engine> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(Engine.takeOver(
                        Daemon.config(folder, ws, exchange.restUrl(), EVERYTHING, ALL_COINS),
                        List.of(diary),
                        this::tell));
            } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        interrupt = thread::interrupt;
        thread.start();
        return result;
    }

    private synchronized boolean hasTold() {
        return !told.isEmpty();
    }

    private synchronized void tell(String line) {
        told.add(line);
        notifyAll();
    }

    /** The first line comes once it has its claim. */
    private synchronized void awaitClaim() throws InterruptedException {
        while (told.isEmpty()) {
            wait();
        }
    }

    private void assertRefused(String why, Simulator exchange, URI ws, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add(EVERYTHING);
        all.add(ALL_COINS);
        HandoverException refused = assertThrows(
                HandoverException.class,
                () -> Engine.takeOver(
                        Daemon.config(root, ws, exchange.restUrl(), all.toArray(String[]::new)),
                        List.of(),
                        line -> {}));
        assertTrue(refused.getMessage().contains(why), refused::getMessage);
    }

    /** Each once, and none missing between the first and the last. */
    private static void assertTrades(List<String> joined, List<String> whole) {
        Set<String> seen = new HashSet<>();
        joined.forEach(trade -> assertTrue(seen.add(trade), () -> "twice: " + trade));
        Map<String, List<String>> byCoin =
                joined.stream().collect(Collectors.groupingBy(HandoverTest::coin, Collectors.toList()));
        assertEquals(COINS.size(), byCoin.size());
        byCoin.forEach((coin, trades) -> {
            long fromMs = trades.stream().mapToLong(HandoverTest::timeMs).min().orElseThrow();
            long toMs = trades.stream().mapToLong(HandoverTest::timeMs).max().orElseThrow();
            List<String> missing = whole.stream()
                    .filter(trade -> coin(trade).equals(coin) && timeMs(trade) > fromMs && timeMs(trade) < toMs)
                    .filter(trade -> !seen.contains(trade))
                    .toList();
            assertEquals(List.of(), missing, coin);
        });
    }

    private static List<String> trades(Diary... diaries) {
        return Stream.of(diaries)
                .flatMap(diary -> diary.lines().stream())
                .filter(line -> line.startsWith("trade "))
                .map(line -> line.split(" ", -1))
                .map(words -> words[2] + " " + words[3] + " " + words[4])
                .toList();
    }

    private static String coin(String trade) {
        return trade.substring(0, trade.indexOf(' '));
    }

    private static long timeMs(String trade) {
        return Long.parseLong(trade.split(" ", -1)[1]);
    }

    /** From the first complete bar of a coin to its last they are those of the daemon that never stopped. */
    private static void assertBars(List<String> joined, List<String> whole) {
        Map<String, NavigableMap<Long, String>> expected = series(whole);
        long[] compared = {0};
        series(joined).forEach((series, bars) -> {
            List<Long> complete = bars.entrySet().stream()
                    .filter(bar -> bar.getValue().endsWith("true"))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!complete.isEmpty()) {
                long from = complete.get(0);
                long to = complete.get(complete.size() - 1);
                assertEquals(
                        expected.get(series).subMap(from, true, to, true), bars.subMap(from, true, to, true), series);
                compared[0] += complete.size();
            }
        });
        assertTrue(compared[0] > 5, () -> compared[0] + " bars compared");
    }

    /** By coin and timeframe, the bars by start without their revision: when they closed differs, not what they are. */
    private static Map<String, NavigableMap<Long, String>> series(List<String> csv) {
        Map<String, NavigableMap<Long, String>> series = new HashMap<>();
        for (String line : csv) {
            String[] fields = line.split(",", -1);
            series.computeIfAbsent(fields[0] + " " + fields[1], name -> new TreeMap<>())
                    .put(Long.parseLong(fields[2]), line.substring(0, line.lastIndexOf(',')));
        }
        return series;
    }

    private static List<StartReason> startReasons(Path folder) {
        List<StartReason> reasons = new ArrayList<>();
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(Daemon.journal(folder))) {
            while (reader.read(event)) {
                if (event.kind() == RecordKind.SESSION) {
                    reasons.add(
                            SessionHeader.parse(event.bytes(), event.length()).startReason());
                }
            }
            reader.requireEnd();
        }
        return reasons;
    }

    private static Engine launch(Path folder, URI ws, Simulator exchange, Diary diary) throws InterruptedException {
        return Engine.launch(
                Daemon.config(folder, ws, exchange.restUrl(), EVERYTHING, ALL_COINS, "rest.account-info=true"),
                List.of(diary));
    }

    private static Simulator market(long startMs) throws IOException {
        MarketModel model = MarketModel.of(7, startMs).withCoins(COINS).withCadence(Cadence.lively());
        return Simulator.start(SimulatorConfig.of(model));
    }
}
