package dev.millrace.tools;

import dev.millrace.market.Decimals;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Of a daemon that is soon killed: small, and busy with what it does seldom otherwise. */
final class KillSettings {

    /** Of the first, far more trades come in a pause than a snapshot brings back; of the last none is ever missed. */
    static final List<SimulatedCoin> COINS = List.of(
            new SimulatedCoin("BTC", 5, 84_143 * Decimals.ONE, 8),
            new SimulatedCoin("ETH", 4, 2_931 * Decimals.ONE, 300),
            new SimulatedCoin("SOL", 2, 128 * Decimals.ONE, 1_500));

    private static final List<String> SMALL = List.of(
            "feed.coins=all",
            "feed.channels=[trades, l2Book]",
            "feed.subscribe-per-second=1000",
            "feed.reconnect.min-delay=50 ms",
            "feed.reconnect.max-delay=400 ms",
            "pipeline.clock-interval=20 ms",
            "pipeline.ring-bytes=4 MiB",
            "pipeline.pool-bytes=16 MiB",
            "journal.sync-interval=50 ms",
            "journal.index-interval=64",
            "journal.min-free=64 MiB",
            "snapshot.interval=150 ms",
            "bars.timeframes=[1s, 5s, 1m]",
            "roles=[capture]",
            "ops.port=0");

    /** The settings of a daemon in this folder. */
    static List<String> of(Path data, Simulator exchange, String... more) {
        List<String> all = new ArrayList<>(SMALL);
        all.add("data.dir=" + data);
        all.add("hyperliquid.ws-url=" + exchange.wsUrl());
        all.add("hyperliquid.rest-url=" + exchange.restUrl());
        all.addAll(List.of(more));
        return all;
    }

    /** The command line that runs it. */
    static List<String> run(Path data, Simulator exchange, String... more) {
        List<String> all = new ArrayList<>(List.of("run", "--quiet"));
        of(data, exchange, more).forEach(setting -> all.addAll(List.of("--set", setting)));
        return all;
    }

    private KillSettings() {}
}
