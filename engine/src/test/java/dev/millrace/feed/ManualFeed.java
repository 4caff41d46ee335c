package dev.millrace.feed;

import dev.millrace.config.FeedConfig;
import dev.millrace.config.HyperliquidConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.NanoClock;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import io.netty.channel.local.LocalAddress;
import io.netty.util.concurrent.Ticker;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The shipped feed on the test's own thread, over sockets in memory. */
public final class ManualFeed {

    private static final HyperliquidConfig VENUE = new HyperliquidConfig(
            "testnet", URI.create("ws://venue.test/ws"), URI.create("http://venue.test"), Optional.empty());

    private final ManualNetwork network;
    private final FeedClient client;

    /** @param turn lets the world go on while the feed is being closed */
    public ManualFeed(
            FeedConfig config,
            List<Subscription> asked,
            EventSink sink,
            NanoClock clock,
            RandomGenerator random,
            Counters counters,
            Ticker time,
            LocalAddress venue,
            Runnable turn) {
        network = new ManualNetwork(time, venue, turn);
        VenueBudget budget =
                new VenueBudget(VenueLimits.HYPERLIQUID.percent(config.lanes().budgetPercent()));
        client = new FeedClient(VENUE, config, asked, budget, sink, clock, random, counters, () -> network);
        client.start();
    }

    /** Does what is due now; tells how much it was. */
    public int run() {
        return network.run();
    }

    /** It is no more, and nobody is told. */
    public void kill() {
        network.abandon();
    }

    public FeedClient client() {
        return client;
    }
}
