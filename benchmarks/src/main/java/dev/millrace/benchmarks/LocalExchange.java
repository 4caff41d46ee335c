package dev.millrace.benchmarks;

import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Pace;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.simulator.SimulatorStats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The sender, in a process of its own: prints its port, streams to the client for some seconds, prints what it sent.
 * Arguments: rate, seconds.
 */
final class LocalExchange {

    /** Equal for every run: the frames of a run differ from another's in their count alone. */
    private static final long SEED = 1;

    private static final int COINS = 8;

    private LocalExchange() {}

    public static void main(String[] args) throws IOException {
        List<SimulatedCoin> coins = SimulatedCoin.defaults().subList(0, COINS);
        MarketModel market = MarketModel.of(SEED, System.currentTimeMillis()).withCoins(coins);
        SimulatorConfig config = SimulatorConfig.of(market)
                .withPace(Pace.parse(args[0]))
                .withDuration(Duration.ofSeconds(Long.parseLong(args[1])));
        try (Simulator exchange = Simulator.start(config)) {
            System.out.println(exchange.port());
            exchange.ended().join();
            SimulatorStats stats = exchange.stats();
            long cpuNs = ThreadFigures.of("simulator").cpuNs();
            System.out.println(stats.frames() + " " + stats.controlFrames() + " " + stats.trades() + " " + cpuNs);
        }
    }
}
