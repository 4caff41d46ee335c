package dev.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.millrace.config.LoadedConfig.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the configuration: {@code millrace.conf} as shipped, each file over it in order, then {@code MILLRACE_…}
 * variables, then {@code key=value} options. The only place that reads settings from files or the environment.
 */
public final class ConfigLoader {

    private final Map<String, String> environment;
    private final int processors;

    /**
     * @param environment the process's variables
     * @param processors cores of the machine, for {@code pipeline.profile = auto}
     */
    public ConfigLoader(Map<String, String> environment, int processors) {
        this.environment = Map.copyOf(environment);
        this.processors = processors;
    }

    /** For this process's variables and this machine's cores. */
    public static ConfigLoader ofProcess() {
        return new ConfigLoader(System.getenv(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * Reads and checks all of it.
     *
     * @param files later ones win
     * @param assignments {@code key=value}, later ones win
     * @throws ConfigException with every unknown key, or every section's first bad value, in one line
     */
    public LoadedConfig load(List<Path> files, List<String> assignments) {
        Config defaults = Layers.defaults();
        KnownKeys known = new KnownKeys(defaults);
        List<String> problems = new ArrayList<>();
        Config overlay = Layers.options(assignments).withFallback(Layers.variables(environment, known, problems));
        for (int i = files.size() - 1; i >= 0; i--) {
            overlay = overlay.withFallback(Layers.file(files.get(i)));
        }
        Config merged = resolve(overlay.withFallback(defaults));
        Config given = overlay.resolveWith(merged);
        problems.addAll(known.strangers(given));
        refuse(problems);
        EngineConfig engine = build(merged);
        return new LoadedConfig(engine, effective(known, merged, given, chosen(engine)));
    }

    private static Config resolve(Config merged) {
        try {
            return merged.resolve();
        } catch (com.typesafe.config.ConfigException e) {
            throw new ConfigException("", Layers.oneLine(e));
        }
    }

    private EngineConfig build(Config merged) {
        Settings settings = new Settings(merged);
        List<String> problems = new ArrayList<>();
        Collector collector = new Collector(merged, problems);
        Set<Role> roles = collector.get(() -> Sections.roles(settings));
        DataConfig data = collector.get(() -> Sections.data(settings));
        HyperliquidConfig hyperliquid = collector.get(() -> Sections.hyperliquid(settings));
        FeedConfig feed = collector.get(() -> Sections.feed(settings));
        RestConfig rest = collector.get(() -> Sections.rest(settings));
        CollectConfig collect = collector.get(() -> Sections.collect(settings));
        QualityConfig quality = collector.get(() -> Sections.quality(settings));
        PipelineConfig pipeline = collector.get(() -> Sections.pipeline(settings, processors));
        JournalConfig journal = collector.get(() -> Sections.journal(settings));
        SnapshotConfig snapshot = collector.get(() -> Sections.snapshot(settings));
        HandoverConfig handover = collector.get(() -> Sections.handover(settings));
        StoreConfig store = collector.get(() -> Sections.store(settings));
        LakeConfig lake = collector.get(() -> Sections.lake(settings));
        SentimentConfig sentiment = collector.get(() -> Sections.sentiment(settings));
        OrderConfig order = collector.get(() -> Sections.order(settings));
        ClockConfig clock = collector.get(() -> Sections.clock(settings));
        BarsConfig bars = collector.get(() -> Sections.bars(settings));
        FreshnessConfig freshness = collector.get(() -> Sections.freshness(settings));
        List<StrategyConfig> strategies = collector.get(() -> Sections.strategies(settings));
        InstrumentsConfig instruments =
                collector.get(() -> new InstrumentsConfig(settings.duration("instruments.poll-interval")));
        UniverseConfig universe = collector.get(() -> UniverseSection.read(settings));
        OpsConfig ops = collector.get(() -> Sections.ops(settings));
        refuse(problems);
        ResultConfig results = new ResultConfig(order, clock, bars, freshness);
        return new EngineConfig(
                roles,
                data,
                hyperliquid,
                feed,
                rest,
                collect,
                quality,
                pipeline,
                journal,
                snapshot,
                handover,
                store,
                lake,
                sentiment,
                instruments,
                universe,
                results,
                strategies,
                ops);
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigException("", String.join("; ", problems));
        }
    }

    private static List<Setting> effective(KnownKeys known, Config merged, Config given, Map<String, String> chosen) {
        List<Setting> settings = new ArrayList<>();
        for (String key : known.all()) {
            ConfigValue stated = Origins.find(merged, key);
            ConfigValue used = "auto".equals(stated.unwrapped())
                    ? ConfigValueFactory.fromAnyRef(chosen.getOrDefault(key, "auto"))
                    : stated;
            String value = used.render(ConfigRenderOptions.concise());
            ConfigValue own = Origins.find(given, key);
            String origin = own == null ? "default" : Origins.text(own.origin());
            settings.add(new Setting(key, value, origin));
        }
        return List.copyOf(settings);
    }

    /** What {@code auto} came to. */
    private static Map<String, String> chosen(EngineConfig engine) {
        return Map.of(
                "hyperliquid.ws-url", engine.hyperliquid().wsUrl().toString(),
                "hyperliquid.rest-url", engine.hyperliquid().restUrl().toString(),
                "pipeline.profile", engine.pipeline().profile().name().toLowerCase(Locale.ROOT),
                "sentiment.enabled", Boolean.toString(engine.sentiment().enabled()),
                "sentiment.url", engine.sentiment().url().toString());
    }

    /** Goes on after a bad section, so that one start names what is wrong in each. */
    private record Collector(Config merged, List<String> problems) {

        /** Null after a problem, which {@link #refuse} turns into the end. */
        <T> T get(Supplier<T> section) {
            try {
                return section.get();
            } catch (ConfigException e) {
                problems.add(e.getMessage() + origin(e.key()));
                return null;
            }
        }

        private String origin(String key) {
            return key.isEmpty() ? "" : Origins.suffix(Origins.find(merged, key).origin());
        }
    }
}
