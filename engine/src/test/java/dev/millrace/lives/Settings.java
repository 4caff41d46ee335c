package dev.millrace.lives;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.ClockConfig;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.FeedConfig;
import dev.millrace.config.FreshnessConfig;
import dev.millrace.config.LanesConfig;
import dev.millrace.config.OrderConfig;
import dev.millrace.config.PipelineConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.lives.Faults.Fault;
import dev.millrace.market.Basis;
import dev.millrace.market.Subscription;
import dev.millrace.market.Timeframe;
import dev.millrace.pipeline.Market;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one life is configured to do. */
final class Settings {

    /** A name that the venue does not know. */
    static final String UNKNOWN = "NOPE";

    private static final Duration REVISION = Duration.ofMinutes(10);

    final List<String> coins;
    final List<Subscription> asked = new ArrayList<>();
    final FeedConfig feed;
    final FreshnessConfig freshness;
    final PipelineConfig pipeline;
    final ResultConfig results;

    Settings(SplittableRandom random, Set<Fault> faults) {
        coins = List.of("A", "kB", "C/USDC").subList(0, 1 + random.nextInt(3));
        for (String coin : coins) {
            subscribe(coin, random);
        }
        if (random.nextBoolean()) {
            asked.add(Subscription.allMids(""));
        }
        if (faults.contains(Fault.UNKNOWN_COIN)) {
            asked.add(random.nextInt(asked.size() + 1), Subscription.trades(UNKNOWN));
        }
        feed = feed(random);
        freshness = new FreshnessConfig(
                seconds(2 + random.nextInt(4)),
                Duration.ofMillis(500),
                seconds(10),
                seconds(10),
                seconds(2 + random.nextInt(5)),
                seconds(20),
                seconds(15 + random.nextInt(15)));
        pipeline = new PipelineConfig(
                PipelineConfig.Profile.SMALL,
                1 << 20,
                1 << 12,
                1 << 24,
                List.of(),
                Duration.ofMillis(100),
                seconds(1 + random.nextInt(20)));
        results = new ResultConfig(
                new OrderConfig(random.nextBoolean() ? 4_096 : 64, 100_000, seconds(30)),
                new ClockConfig(seconds(5), seconds(2), seconds(10)),
                new BarsConfig(
                        Stream.of("1s", "5s", "1m").map(Timeframe::parse).toList(),
                        List.of(Basis.TRADE),
                        Duration.ofMillis(500),
                        REVISION,
                        BarsConfig.EmptyBars.NONE),
                freshness);
    }

    /** So many coins, asked for and judged as the daemon does by itself. */
    Settings(int count) {
        EngineConfig defaults =
                ConfigLoader.ofProcess().load(List.of(), List.of()).engine();
        coins = IntStream.range(0, count).mapToObj(i -> "C" + i).toList();
        for (String coin : coins) {
            asked.add(Subscription.trades(coin));
            asked.add(Subscription.book(coin, false));
            asked.add(Subscription.bbo(coin));
            asked.add(Subscription.assetContext(coin));
        }
        asked.add(Subscription.allMids(""));
        feed = defaults.feed();
        freshness = defaults.results().freshness();
        pipeline = defaults.pipeline();
        results = defaults.results();
    }

    private void subscribe(String coin, SplittableRandom random) {
        asked.add(Subscription.trades(coin));
        for (Subscription other : List.of(
                Subscription.bbo(coin),
                Subscription.book(coin, false),
                Subscription.book(coin, true),
                Subscription.candle(coin, "1m"),
                Subscription.assetContext(coin))) {
            // The first coin's book tells the time: of trades alone, the first after a long silence would be held back.
            boolean tellsTime = other.fast() && coin.equals(coins.get(0));
            if (tellsTime || random.nextInt(2) == 0) {
                asked.add(other);
            }
        }
    }

    private FeedConfig feed(SplittableRandom random) {
        LanesConfig.Redundancy[] redundancies = LanesConfig.Redundancy.values();
        LanesConfig lanes = new LanesConfig(
                random.nextInt(3) == 0 ? 2 + random.nextInt(4) : 1_000,
                redundancies[random.nextInt(redundancies.length)],
                random.nextInt(4) == 0 ? Optional.of(seconds(10 + random.nextInt(40))) : Optional.empty(),
                seconds(30),
                100);
        return new FeedConfig(
                coins,
                List.of("trades"),
                List.of(),
                false,
                seconds(3 + random.nextInt(20)),
                seconds(6 + random.nextInt(10)),
                seconds(2 + random.nextInt(4)),
                seconds(2 + random.nextInt(4)),
                10 + random.nextInt(40),
                Duration.ofMillis(50 + random.nextInt(1_000)),
                seconds(2 + random.nextInt(4)),
                lanes);
    }

    SessionHeader header(StartReason reason) {
        return new SessionHeader("test", Market.SEMANTICS_VERSION, reason, "testnet", "unknown", "", "", results);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
