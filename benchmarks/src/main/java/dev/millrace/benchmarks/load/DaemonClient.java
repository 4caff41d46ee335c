package dev.millrace.benchmarks.load;

import dev.millrace.Engine;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.market.Bar;
import dev.millrace.market.BookFrame;
import dev.millrace.market.Trade;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.strategy.Strategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The daemon as it is, with bars of 1s and 1m: journal, checksums, duplicates, coverage, bar log; and one strategy. */
final class DaemonClient implements Strategy {

    private final Callbacks callbacks;
    /** From the monotonic clock to the engine's, which gives a frame its receive time. */
    private final long anchorNs;

    private DaemonClient(Callbacks callbacks, LocalClock clock) {
        this.callbacks = callbacks;
        anchorNs = clock.nowNs() - System.nanoTime();
    }

    /** Waits for the word to stop after the close. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ClientArguments arguments = ClientArguments.parse(args);
        Callbacks callbacks = new Callbacks(arguments);
        LocalClock clock = LocalClock.system();
        DaemonClient client = new DaemonClient(callbacks, clock);
        try (Engine engine = Engine.launch(config(arguments), List.of(client), clock)) {
            int word = System.in.read();
            if (word < 0 || engine.failure().isDone()) {
                throw new IllegalStateException("the sender or the daemon ended early");
            }
            callbacks.report();
        }
    }

    private static EngineConfig config(ClientArguments arguments) {
        List<String> settings = new ArrayList<>(List.of(
                "data.dir=" + arguments.folder().resolve("data"),
                "hyperliquid.ws-url=ws://127.0.0.1:" + arguments.wsPort() + "/ws",
                "hyperliquid.rest-url=http://127.0.0.1:" + arguments.restPort(),
                "feed.coins=" + String.join(",", WorkloadWriter.coins()),
                "feed.channels=[trades, l2Book, allMids]",
                "bars.timeframes=[1s, 1m]",
                "roles=capture",
                "ops.port=0"));
        settings.addAll(arguments.extra());
        return ConfigLoader.ofProcess().load(List.of(), settings).engine();
    }

    @Override
    public void onTrade(Trade trade) {
        callbacks.onTrade(trade.receiveNs - anchorNs);
    }

    @Override
    public void onBook(BookFrame book) {
        callbacks.onBook();
    }

    @Override
    public void onBar(Bar bar) {
        callbacks.onBar();
    }
}
