package dev.millrace.config;

import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.config.LakeConfig.PageCompression;
import dev.millrace.config.LanesConfig.Redundancy;
import dev.millrace.config.PipelineConfig.Profile;
import dev.millrace.market.Basis;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.Timeframe;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings to records, one method per section: the one place where keys and fields meet. */
final class Sections {

    /** Beyond this many cores the machine has room for three spinning threads. */
    private static final int SMALL_CORES = 4;

    private Sections() {}

    static Set<Role> roles(Settings settings) {
        List<Role> roles = Check.distinct("roles", settings.choices("roles", Role.class));
        Check.that(!roles.isEmpty(), "roles", roles, "must name capture, store or both");
        return Set.copyOf(roles);
    }

    static DataConfig data(Settings settings) {
        return new DataConfig(
                settings.path("data.dir"),
                settings.path("data.journal"),
                settings.path("data.state"),
                settings.path("data.bars"),
                settings.path("data.lake"),
                settings.path("data.database"),
                settings.path("data.spill"),
                settings.path("data.log"));
    }

    static HyperliquidConfig hyperliquid(Settings settings) {
        String environment = settings.text("hyperliquid.environment");
        String host = environment.equals("testnet") ? "api.hyperliquid-testnet.xyz" : "api.hyperliquid.xyz";
        return new HyperliquidConfig(
                environment,
                settings.url("hyperliquid.ws-url", "wss://" + host + "/ws"),
                settings.url("hyperliquid.rest-url", "https://" + host),
                trust(settings));
    }

    private static Optional<Path> trust(Settings settings) {
        String key = "hyperliquid.tls.trust";
        if (settings.text(key).isEmpty()) {
            return Optional.empty();
        }
        Path file = settings.path(key);
        boolean readable = Files.isRegularFile(file) && Files.isReadable(file);
        Check.that(readable, key, file, "must be a readable PEM file, or empty");
        return Optional.of(file);
    }

    static FeedConfig feed(Settings settings) {
        FeedConfig feed = new FeedConfig(
                settings.words("feed.coins"),
                settings.words("feed.channels"),
                settings.words("feed.candle-intervals"),
                settings.flag("feed.check-names"),
                settings.duration("feed.ping-interval"),
                settings.duration("feed.silence-limit"),
                settings.duration("feed.ack-timeout"),
                settings.duration("feed.connect-timeout"),
                settings.whole("feed.subscribe-per-second"),
                settings.duration("feed.reconnect.min-delay"),
                settings.duration("feed.reconnect.max-delay"),
                lanes(settings));
        // Otherwise quiet coins would reconnect for ever: no answer to a ping could come in time.
        Check.that(
                feed.silenceLimit().compareTo(feed.pingInterval()) > 0,
                "feed.silence-limit",
                feed.silenceLimit(),
                "must be longer than feed.ping-interval, " + Durations.text(feed.pingInterval()));
        return feed;
    }

    private static LanesConfig lanes(Settings settings) {
        return new LanesConfig(
                settings.whole("feed.connection.max-subscriptions"),
                settings.choice("feed.redundancy", Redundancy.class),
                settings.durationOrOff("feed.rolling-reconnect"),
                settings.duration("feed.quarantine-retry"),
                settings.whole("feed.budget-percent"));
    }

    static RestConfig rest(Settings settings) {
        return new RestConfig(
                settings.whole("rest.headroom"),
                settings.duration("rest.timeout"),
                settings.whole("rest.tries"),
                settings.duration("rest.min-pause"),
                settings.duration("rest.max-pause"),
                settings.flag("rest.account-info"));
    }

    static QualityConfig quality(Settings settings) {
        return new QualityConfig(settings.flag("quality.repair"), settings.duration("quality.check-every"));
    }

    static CollectConfig collect(Settings settings) {
        return new CollectConfig(
                settings.duration("collect.every"),
                settings.list("collect.timeframes", CandleInterval::of),
                settings.whole("collect.bars"),
                settings.flag("collect.funding"));
    }

    static PipelineConfig pipeline(Settings settings, int processors) {
        List<Integer> cores = settings.list("pipeline.cores", Sections::core);
        return new PipelineConfig(
                profile(settings, cores, processors),
                settings.bytes("pipeline.ring-bytes"),
                (int) Math.min(Integer.MAX_VALUE, settings.bytes("pipeline.inline-bytes")),
                settings.bytes("pipeline.pool-bytes"),
                cores,
                settings.duration("pipeline.clock-interval"),
                settings.duration("pipeline.anchor-interval"));
    }

    private static int core(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a core number", e);
        }
    }

    private static Profile profile(Settings settings, List<Integer> cores, int processors) {
        String name = settings.text("pipeline.profile");
        return switch (name) {
            case "small" -> Profile.SMALL;
            case "pinned" -> Profile.PINNED;
            case "auto" -> processors > SMALL_CORES && !cores.isEmpty() ? Profile.PINNED : Profile.SMALL;
            default -> throw ConfigException.badValue("pipeline.profile", name, "must be small, pinned or auto");
        };
    }

    static JournalConfig journal(Settings settings) {
        return new JournalConfig(
                settings.duration("journal.sync-interval"),
                settings.whole("journal.index-interval"),
                settings.bytes("journal.min-free"),
                settings.flag("journal.compress"),
                settings.duration("journal.keep"),
                settings.bytesOrUnlimited("journal.max-bytes"));
    }

    static SnapshotConfig snapshot(Settings settings) {
        return new SnapshotConfig(settings.duration("snapshot.interval"), settings.whole("snapshot.keep"));
    }

    static OrderConfig order(Settings settings) {
        return new OrderConfig(
                settings.whole("order.window-trades"),
                settings.whole("order.window-max-trades"),
                settings.duration("order.fresh-for"));
    }

    static ClockConfig clock(Settings settings) {
        return new ClockConfig(
                settings.duration("clock.max-carry"),
                settings.duration("clock.max-step"),
                settings.duration("clock.max-ahead"));
    }

    static FreshnessConfig freshness(Settings settings) {
        return new FreshnessConfig(
                settings.duration("freshness.grace"),
                settings.duration("freshness.min-cadence"),
                settings.duration("freshness.max-cadence"),
                settings.duration("freshness.max-lag"),
                settings.duration("freshness.min-retry"),
                settings.duration("freshness.max-retry"),
                settings.duration("feed.probe-interval"));
    }

    static BarsConfig bars(Settings settings) {
        return new BarsConfig(
                settings.list("bars.timeframes", Timeframe::parse),
                settings.choices("bars.basis", Basis.class),
                settings.duration("bars.close-delay"),
                settings.duration("bars.revision-window"),
                // Unquoted, null is HOCON's null.
                settings.isNull("bars.empty") ? EmptyBars.NULL : settings.choice("bars.empty", EmptyBars.class));
    }

    static HandoverConfig handover(Settings settings) {
        return new HandoverConfig(settings.bytes("handover.max-bytes"), settings.duration("handover.timeout"));
    }

    static StoreConfig store(Settings settings) {
        return new StoreConfig(
                settings.duration("store.flush-interval"),
                settings.whole("store.flush-rows"),
                settings.bytes("store.flush-bytes"),
                settings.duration("store.keep"),
                settings.bytes("store.memory-limit"),
                settings.whole("store.threads"),
                settings.bytes("store.spill-limit"),
                settings.flag("store.full-books"));
    }

    static LakeConfig lake(Settings settings) {
        return new LakeConfig(
                settings.choice("lake.compression", PageCompression.class),
                settings.duration("lake.roll-interval"),
                settings.flag("lake.hourly"),
                settings.durationOrUnlimited("lake.keep"));
    }

    static SentimentConfig sentiment(Settings settings) {
        return new SentimentConfig(
                asksForSentiment(settings),
                withPath(settings.url("sentiment.url", "https://api.alternative.me")),
                settings.duration("sentiment.poll-interval"),
                settings.list("sentiment.limits", Sections::value));
    }

    /** Who records a local exchange, or one for tests, does not expect questions to a third party. */
    private static boolean asksForSentiment(Settings settings) {
        String key = "sentiment.enabled";
        boolean auto = settings.text(key).equals("auto");
        if (!auto) {
            Check.that(
                    settings.text(key).matches("true|false"), key, settings.text(key), "must be true, false or auto");
            return settings.flag(key);
        }
        boolean mainnet = settings.text("hyperliquid.environment").equals("mainnet")
                && settings.text("hyperliquid.rest-url").equals("auto");
        return mainnet || !settings.text("sentiment.url").equals("auto");
    }

    private static URI withPath(URI url) {
        String path = url.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? url.resolve("/fng/") : url;
    }

    private static int value(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' must be a whole number", e);
        }
    }

    static OpsConfig ops(Settings settings) {
        return new OpsConfig(
                settings.whole("ops.port"),
                settings.duration("ops.health-interval"),
                settings.duration("shutdown.deadline"));
    }

    static List<StrategyConfig> strategies(Settings settings) {
        return settings.objects("strategies").stream().map(StrategyEntry::read).toList();
    }
}
