package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.Decimals;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One subscription of a real socket falls silent while all else goes on: it is found, told, and healed. */
@Tag("stress")
@Tag("stress-daemon")
class MuteStreamTest {

    private static final long START_MS = 1_756_904_000_000L;

    private static final List<SimulatedCoin> COINS = List.of(
            new SimulatedCoin("BTC", 5, 84_143 * Decimals.ONE, 8), new SimulatedCoin("WLFI", 0, Decimals.ONE / 5, 400));

    @TempDir
    Path folder;

    private final Diary live = new Diary();

    @Test
    void shouldFindMuteTradesAndHealThem() throws Exception {
        check("mute:channel=trades,coin=BTC,heals=reconnect@60");
    }

    @Test
    void shouldFindAMuteBookAndHealIt() throws Exception {
        check("mute:channel=l2Book,coin=BTC,heals=resubscribe@60");
    }

    /** @param fault begins after so many frames and lasts until it is healed: however fast this machine is */
    private void check(String fault) throws Exception {
        MarketModel model = MarketModel.of(7, START_MS).withCoins(COINS).withCadence(Cadence.lively());
        SimulatorConfig config =
                SimulatorConfig.of(model).withConduct(Conduct.good().with(fault));
        try (Simulator exchange = Simulator.start(config);
                Engine engine = Engine.launch(
                        Daemon.config(
                                folder,
                                exchange.wsUrl(),
                                exchange.restUrl(),
                                "feed.channels=[trades, l2Book, bbo, activeAssetCtx]",
                                "feed.coins=BTC,WLFI",
                                "freshness.grace=500 ms",
                                "freshness.min-retry=1 s"),
                        List.of(live))) {
            live.await("the silence", () -> engine.counters().value("freshness.mutes") > 0);
            live.await("a remedy", () -> engine.counters().value("freshness.resubscribes") > 0);
            live.await("its healing", () -> engine.counters().value("freshness.mute") == 0);
            long bars = live.barCount();
            live.await("bars after it", () -> live.barCount() > bars + 8);
            live.await("health", () -> engine.health().problems().isEmpty());
        }
        Daemon.Replayed replayed = Daemon.replay(folder, Pace.MAX);
        Daemon.assertLines(live.lines(), replayed.diary().lines(), "callbacks");
        assertEquals(live.gaps(), replayed.derived());
    }
}
