package dev.millrace.feed;

import dev.millrace.config.FeedConfig;
import dev.millrace.config.HyperliquidConfig;
import dev.millrace.config.LanesConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A client with a test's settings: patient by default, so that nothing happens but what the test wants. */
final class FeedSetup {

    final Counters counters = new Counters();
    final AtomicLong clockNs = new AtomicLong(1_000);
    final URI url;
    List<Subscription> subscriptions = List.of();
    Optional<Path> trust = Optional.empty();
    Duration ping = Duration.ofSeconds(59);
    Duration silence = Duration.ofMinutes(1);
    Duration ack = Duration.ofMinutes(1);
    Duration connect = Duration.ofMinutes(1);
    Duration minDelay = Duration.ofMillis(1);
    Duration maxDelay = Duration.ofMillis(5);
    int perSecond = 10_000;
    int perConnection = 1_000;
    LanesConfig.Redundancy redundancy = LanesConfig.Redundancy.NONE;
    Optional<Duration> rolling = Optional.empty();
    Duration quarantineRetry = Duration.ofHours(1);
    VenueLimits limits = new VenueLimits(10, 100_000, 1_000, 1_000_000);

    FeedSetup(URI url) {
        this.url = url;
    }

    FeedClient start(EventSink sink) {
        FeedClient client = client(sink);
        client.start();
        return client;
    }

    FeedClient client(EventSink sink) {
        return client(sink, NioNetwork::new);
    }

    FeedClient client(EventSink sink, Supplier<Network> networks) {
        URI rest = URI.create("http://127.0.0.1");
        return new FeedClient(
                new HyperliquidConfig("testnet", url, rest, trust),
                config(),
                subscriptions,
                new VenueBudget(limits),
                sink,
                clockNs::incrementAndGet,
                new SplittableRandom(7),
                counters,
                networks);
    }

    FeedConfig config() {
        return new FeedConfig(
                List.of("BTC"),
                List.of("trades"),
                List.of(),
                true,
                ping,
                silence,
                ack,
                connect,
                perSecond,
                minDelay,
                maxDelay,
                new LanesConfig(perConnection, redundancy, rolling, quarantineRetry, 100));
    }
}
