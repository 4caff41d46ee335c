package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Trade;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.strategy.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircumstancesTest {

    @TempDir
    Path folder;

    /** Fails at its third trade. */
    private static final class Failing implements Strategy {
        private final List<Long> tids = new ArrayList<>();

        @Override
        public void onTrade(Trade trade) {
            tids.add(trade.tid);
            if (tids.size() == 3) {
                throw new IllegalStateException("three is too many");
            }
        }
    }

    @Test
    void shouldDetachAStrategyThatThrowsAndGoOn() throws Exception {
        Diary diary = new Diary();
        Failing failing = new Failing();
        try (Simulator exchange = market()) {
            Engine engine =
                    Engine.launch(Daemon.config(folder, exchange.wsUrl(), exchange.restUrl()), List.of(failing, diary));
            try (engine) {
                diary.await("trades after the failure", () -> engine.counters().value("trades.accepted") > 100);
                assertEquals(1, engine.counters().value("strategy.failures"));
                assertEquals(
                        List.of("detached strategy " + Failing.class.getName() + ": three is too many"),
                        engine.health().warnings());
                diary.await("health", () -> engine.health().healthy());
                assertFalse(engine.failure().isDone());
            }
            assertEquals(3, failing.tids.size());
            assertEquals(
                    engine.counters().value("trades.accepted"),
                    diary.lines().stream()
                            .filter(line -> line.startsWith("trade "))
                            .count());
        }
    }

    @Test
    void shouldDetachAStrategyThatRunsOutOfStack() throws Exception {
        Diary diary = new Diary();
        Strategy endless = new Strategy() {
            @Override
            public void onTrade(Trade trade) {
                deeper(trade.tid);
            }
        };
        try (Simulator exchange = market();
                Engine engine = Engine.launch(
                        Daemon.config(folder, exchange.wsUrl(), exchange.restUrl()), List.of(endless, diary))) {
            diary.await("trades after the failure", () -> engine.counters().value("trades.accepted") > 100);
            assertEquals(
                    List.of("detached strategy " + endless.getClass().getName() + ": StackOverflowError"),
                    engine.health().warnings());
        }
    }

    @Test
    void shouldNameTheCoinsAfterWhichTheVenueCloses() throws Exception {
        Diary diary = new Diary();
        try (Simulator exchange = market();
                Engine engine = Engine.launch(
                        Daemon.config(
                                folder,
                                exchange.wsUrl(),
                                exchange.restUrl(),
                                "feed.coins=[BTC, NOPE]",
                                "feed.check-names=false"),
                        List.of(diary))) {
            diary.await(
                    "the suspect",
                    () -> String.join(" ", engine.health().problems()).matches(".*right after a request for .*NOPE.*"));
        }
    }

    @Test
    void shouldLeaveNoThreadBehindWhenClosedAndStartedAgain() throws Exception {
        try (Simulator exchange = market()) {
            for (int life = 1; life <= 3; life++) {
                Diary diary = new Diary();
                Engine engine =
                        Engine.launch(Daemon.config(folder, exchange.wsUrl(), exchange.restUrl()), List.of(diary));
                try (engine) {
                    diary.await("trades", () -> diary.lines().size() > 30);
                    assertTrue(threads().size() >= 3, () -> threads().toString());
                }
                engine.close();
                // A thread that has said it is done may live for a moment longer.
                for (Thread ending : threads()) {
                    ending.join(5_000);
                }
                assertEquals(List.of(), threads(), "life " + life);
            }
        }
    }

    private static long deeper(long depth) {
        return depth < 0 ? 0 : deeper(depth + 1) + 1;
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("md-"))
                .toList();
    }

    private static Simulator market() throws Exception {
        return Simulator.start(SimulatorConfig.of(MarketModel.of(3, 1_756_904_000_000L)));
    }
}
