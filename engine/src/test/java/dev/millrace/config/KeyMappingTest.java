package dev.millrace.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.config.LakeConfig.PageCompression;
import dev.millrace.config.LoadedConfig.Setting;
import dev.millrace.config.PipelineConfig.Profile;
import dev.millrace.market.Basis;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.Timeframe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of {@code millrace.conf}, set to something other than its default, must arrive in its own field. */
class KeyMappingTest {

    @TempDir
    Path folder;

    record Mapping(String key, String value, Function<EngineConfig, Object> field, Object expected) {

        @Override
        public String toString() {
            return key;
        }
    }

    static Stream<Mapping> mappings() {
        return Stream.of(
                        data(),
                        hyperliquid(),
                        feed(),
                        pipeline(),
                        results(),
                        freshness(),
                        sentiment(),
                        universe(),
                        rest(),
                        history())
                .flatMap(List::stream);
    }

    private static List<Mapping> data() {
        return List.of(
                new Mapping("data.dir", "/d", c -> c.data().dir(), Path.of("/d")),
                new Mapping("data.journal", "/j", c -> c.data().journal(), Path.of("/j")),
                new Mapping("data.state", "/s", c -> c.data().state(), Path.of("/s")),
                new Mapping("data.database", "/t", c -> c.data().database(), Path.of("/t")),
                new Mapping("data.spill", "/p", c -> c.data().spill(), Path.of("/p")),
                new Mapping("data.bars", "/b", c -> c.data().bars(), Path.of("/b")),
                new Mapping("data.lake", "/k", c -> c.data().lake(), Path.of("/k")),
                new Mapping("data.log", "/l", c -> c.data().log(), Path.of("/l")));
    }

    private static List<Mapping> hyperliquid() {
        URI ws = URI.create("ws://127.0.0.1:7001/ws");
        URI rest = URI.create("http://127.0.0.1:7001");
        Path conf = Path.of("src/main/resources/logback.xml");
        return List.of(
                new Mapping(
                        "hyperliquid.environment",
                        "testnet",
                        c -> c.hyperliquid().environment(),
                        "testnet"),
                new Mapping(
                        "hyperliquid.ws-url",
                        ws.toString(),
                        c -> c.hyperliquid().wsUrl(),
                        ws),
                new Mapping(
                        "hyperliquid.rest-url",
                        rest.toString(),
                        c -> c.hyperliquid().restUrl(),
                        rest),
                new Mapping(
                        "hyperliquid.tls.trust",
                        conf.toString(),
                        c -> c.hyperliquid().tlsTrust(),
                        Optional.of(conf)));
    }

    private static List<Mapping> feed() {
        return List.of(
                new Mapping("feed.coins", "BTC, kPEPE", c -> c.feed().coins(), List.of("BTC", "kPEPE")),
                new Mapping("feed.channels", "[trades, bbo]", c -> c.feed().channels(), List.of("trades", "bbo")),
                new Mapping("feed.candle-intervals", "1h", c -> c.feed().candleIntervals(), List.of("1h")),
                new Mapping("feed.check-names", "false", c -> c.feed().checkNames(), false),
                new Mapping("feed.ping-interval", "21 s", c -> c.feed().pingInterval(), Duration.ofSeconds(21)),
                new Mapping("feed.silence-limit", "46 s", c -> c.feed().silenceLimit(), Duration.ofSeconds(46)),
                new Mapping("feed.ack-timeout", "11 s", c -> c.feed().ackTimeout(), Duration.ofSeconds(11)),
                new Mapping("feed.connect-timeout", "16 s", c -> c.feed().connectTimeout(), Duration.ofSeconds(16)),
                new Mapping("feed.subscribe-per-second", "7", c -> c.feed().subscribePerSecond(), 7),
                new Mapping(
                        "feed.reconnect.min-delay", "1 s", c -> c.feed().reconnectMinDelay(), Duration.ofSeconds(1)),
                new Mapping(
                        "feed.reconnect.max-delay", "1 m", c -> c.feed().reconnectMaxDelay(), Duration.ofMinutes(1)),
                new Mapping(
                        "feed.connection.max-subscriptions",
                        "300",
                        c -> c.feed().lanes().maxSubscriptions(),
                        300),
                new Mapping(
                        "feed.redundancy", "trades", c -> c.feed().lanes().redundancy(), LanesConfig.Redundancy.TRADES),
                new Mapping(
                        "feed.rolling-reconnect",
                        "6 h",
                        c -> c.feed().lanes().rollingReconnect(),
                        Optional.of(Duration.ofHours(6))),
                new Mapping(
                        "feed.quarantine-retry", "2 h", c -> c.feed().lanes().quarantineRetry(), Duration.ofHours(2)),
                new Mapping("feed.budget-percent", "50", c -> c.feed().lanes().budgetPercent(), 50));
    }

    private static List<Mapping> history() {
        return List.of(
                new Mapping("rest.headroom", "200", c -> c.rest().headroom(), 200),
                new Mapping("rest.timeout", "11 s", c -> c.rest().timeout(), Duration.ofSeconds(11)),
                new Mapping("rest.tries", "4", c -> c.rest().tries(), 4),
                new Mapping("rest.min-pause", "1 s", c -> c.rest().minPause(), Duration.ofSeconds(1)),
                new Mapping("rest.max-pause", "31 s", c -> c.rest().maxPause(), Duration.ofSeconds(31)),
                new Mapping("rest.account-info", "true", c -> c.rest().accountInfo(), true),
                new Mapping("collect.every", "1 d", c -> c.collect().every(), Duration.ofDays(1)),
                new Mapping(
                        "collect.timeframes",
                        "1m, 1M",
                        c -> c.collect().timeframes(),
                        List.of(CandleInterval.ONE_MINUTE, CandleInterval.ONE_MONTH)),
                new Mapping("collect.bars", "10", c -> c.collect().bars(), 10),
                new Mapping("collect.funding", "false", c -> c.collect().funding(), false),
                new Mapping("quality.repair", "false", c -> c.quality().repair(), false),
                new Mapping("quality.check-every", "2 h", c -> c.quality().checkEvery(), Duration.ofHours(2)));
    }

    private static List<Mapping> pipeline() {
        return List.of(
                new Mapping("pipeline.profile", "small", c -> c.pipeline().profile(), Profile.SMALL),
                new Mapping("pipeline.ring-bytes", "1 MiB", c -> c.pipeline().ringBytes(), 1L << 20),
                new Mapping("pipeline.inline-bytes", "2 KiB", c -> c.pipeline().inlineBytes(), 2048),
                new Mapping("pipeline.pool-bytes", "32 MiB", c -> c.pipeline().poolBytes(), 32L << 20),
                new Mapping("pipeline.cores", "[1, 2, 3]", c -> c.pipeline().cores(), List.of(1, 2, 3)),
                new Mapping("pipeline.clock-interval", "1 s", c -> c.pipeline().clockInterval(), Duration.ofSeconds(1)),
                new Mapping(
                        "pipeline.anchor-interval", "1 s", c -> c.pipeline().anchorInterval(), Duration.ofSeconds(1)));
    }

    private static List<Mapping> results() {
        List<Timeframe> minute = List.of(Timeframe.parse("1m"));
        return List.of(
                new Mapping("order.window-trades", "10", c -> order(c).windowTrades(), 10),
                new Mapping("order.window-max-trades", "5000", c -> order(c).windowMaxTrades(), 5000),
                new Mapping("order.fresh-for", "1 s", c -> order(c).freshFor(), Duration.ofSeconds(1)),
                new Mapping("clock.max-carry", "1 s", c -> clock(c).maxCarry(), Duration.ofSeconds(1)),
                new Mapping("clock.max-step", "1 s", c -> clock(c).maxStep(), Duration.ofSeconds(1)),
                new Mapping("clock.max-ahead", "1 s", c -> clock(c).maxAhead(), Duration.ofSeconds(1)),
                new Mapping("bars.timeframes", "1m", c -> bars(c).timeframes(), minute),
                new Mapping("bars.basis", "trade,mid", c -> bars(c).bases(), List.of(Basis.TRADE, Basis.MID)),
                new Mapping("bars.close-delay", "1 s", c -> bars(c).closeDelay(), Duration.ofSeconds(1)),
                new Mapping("bars.revision-window", "1 s", c -> bars(c).revisionWindow(), Duration.ofSeconds(1)),
                new Mapping("bars.empty", "carry", c -> bars(c).emptyBars(), EmptyBars.CARRY));
    }

    private static List<Mapping> freshness() {
        return List.of(
                new Mapping("freshness.grace", "7 s", c -> fresh(c).grace(), Duration.ofSeconds(7)),
                new Mapping("freshness.min-cadence", "7 ms", c -> fresh(c).minCadence(), Duration.ofMillis(7)),
                new Mapping("freshness.max-cadence", "7 m", c -> fresh(c).maxCadence(), Duration.ofMinutes(7)),
                new Mapping("freshness.max-lag", "7 s", c -> fresh(c).maxLag(), Duration.ofSeconds(7)),
                new Mapping("freshness.min-retry", "7 s", c -> fresh(c).minRetry(), Duration.ofSeconds(7)),
                new Mapping("freshness.max-retry", "7 m", c -> fresh(c).maxRetry(), Duration.ofMinutes(7)),
                new Mapping("feed.probe-interval", "7 m", c -> fresh(c).probeInterval(), Duration.ofMinutes(7)));
    }

    private static FreshnessConfig fresh(EngineConfig config) {
        return config.results().freshness();
    }

    private static List<Mapping> sentiment() {
        return List.of(
                new Mapping("sentiment.enabled", "false", c -> c.sentiment().enabled(), false),
                new Mapping(
                        "sentiment.url",
                        "http://127.0.0.1:7001",
                        c -> c.sentiment().url(),
                        URI.create("http://127.0.0.1:7001/fng/")),
                new Mapping("sentiment.poll-interval", "2 h", c -> c.sentiment().pollInterval(), Duration.ofHours(2)),
                new Mapping(
                        "sentiment.limits",
                        "[20, 40, 60, 80]",
                        c -> c.sentiment().limits(),
                        List.of(20, 40, 60, 80)));
    }

    private static List<Mapping> universe() {
        return List.of(
                new Mapping(
                        "instruments.poll-interval", "1 m", c -> c.instruments().pollInterval(), Duration.ofMinutes(1)),
                new Mapping("universe.enabled", "true", c -> c.universe().enabled(), true),
                new Mapping("universe.decide-at", "1 h", c -> c.universe().decideAt(), Duration.ofHours(1)),
                new Mapping(
                        "universe.sample-interval", "1 m", c -> c.universe().sampleInterval(), Duration.ofMinutes(1)),
                new Mapping(
                        "universe.gates.allow-isolated",
                        "true",
                        c -> c.universe().gates().allowIsolated(),
                        true),
                new Mapping(
                        "universe.gates.min-leverage",
                        "5",
                        c -> c.universe().gates().minLeverage(),
                        5),
                new Mapping(
                        "universe.gates.candle-days",
                        "40",
                        c -> c.universe().gates().candleDays(),
                        40),
                new Mapping(
                        "universe.gates.min-candles",
                        "26",
                        c -> c.universe().gates().minCandles(),
                        26),
                new Mapping(
                        "universe.gates.min-returns",
                        "21",
                        c -> c.universe().gates().minReturns(),
                        21),
                new Mapping(
                        "universe.gates.samples",
                        "12",
                        c -> c.universe().gates().samples(),
                        12),
                new Mapping(
                        "universe.gates.min-samples",
                        "9",
                        c -> c.universe().gates().minSamples(),
                        9),
                new Mapping(
                        "universe.gates.min-sample-span",
                        "2 h",
                        c -> c.universe().gates().minSampleSpan(),
                        Duration.ofHours(2)),
                new Mapping(
                        "universe.volume.low",
                        "2e6",
                        c -> c.universe().scores().volume().low(),
                        2e6),
                new Mapping(
                        "universe.volume.high",
                        "2e9",
                        c -> c.universe().scores().volume().high(),
                        2e9),
                new Mapping(
                        "universe.open-interest.low",
                        "2e6",
                        c -> c.universe().scores().openInterest().low(),
                        2e6),
                new Mapping(
                        "universe.open-interest.high",
                        "2e9",
                        c -> c.universe().scores().openInterest().high(),
                        2e9),
                new Mapping(
                        "universe.depth.low",
                        "2e4",
                        c -> c.universe().scores().depth().low(),
                        2e4),
                new Mapping(
                        "universe.depth.high",
                        "3e6",
                        c -> c.universe().scores().depth().high(),
                        3e6),
                new Mapping(
                        "universe.spread.low",
                        "2",
                        c -> c.universe().scores().spread().low(),
                        2.0),
                new Mapping(
                        "universe.spread.high",
                        "30",
                        c -> c.universe().scores().spread().high(),
                        30.0),
                new Mapping(
                        "universe.volatility.low",
                        "0.01",
                        c -> c.universe().scores().volatility().low(),
                        .01),
                new Mapping(
                        "universe.volatility.high",
                        "0.3",
                        c -> c.universe().scores().volatility().high(),
                        .3),
                new Mapping(
                        "universe.members.size",
                        "30",
                        c -> c.universe().members().size(),
                        30),
                new Mapping(
                        "universe.members.relevance",
                        "0.8",
                        c -> c.universe().members().relevance(),
                        .8),
                new Mapping(
                        "universe.members.max-correlation",
                        "0.9",
                        c -> c.universe().members().maxCorrelation(),
                        .9),
                new Mapping(
                        "universe.members.enter-after",
                        "3",
                        c -> c.universe().members().enterAfter(),
                        3),
                new Mapping(
                        "universe.members.leave-rank",
                        "1.5",
                        c -> c.universe().members().leaveRank(),
                        1.5),
                new Mapping(
                        "universe.members.leave-after",
                        "4",
                        c -> c.universe().members().leaveAfter(),
                        4),
                new Mapping(
                        "universe.members.fail-after",
                        "3",
                        c -> c.universe().members().failAfter(),
                        3));
    }

    private static List<Mapping> rest() {
        StrategyConfig strategy = new StrategyConfig("a.B", Map.of("n", "1", "on", "true", "t", "x y"));
        return List.of(
                new Mapping("journal.sync-interval", "2 s", c -> c.journal().syncInterval(), Duration.ofSeconds(2)),
                new Mapping("journal.index-interval", "64", c -> c.journal().indexInterval(), 64),
                new Mapping("journal.compress", "false", c -> c.journal().compress(), false),
                new Mapping("journal.keep", "2 h", c -> c.journal().keep(), Duration.ofHours(2)),
                new Mapping("journal.max-bytes", "3 GiB", c -> c.journal().maxBytes(), 3L << 30),
                new Mapping("journal.min-free", "2 GiB", c -> c.journal().minFree(), 2L << 30),
                new Mapping("snapshot.interval", "2 s", c -> c.snapshot().interval(), Duration.ofSeconds(2)),
                new Mapping("snapshot.keep", "7", c -> c.snapshot().keep(), 7),
                new Mapping("handover.max-bytes", "3 MiB", c -> c.handover().maxBytes(), 3L << 20),
                new Mapping("handover.timeout", "7 s", c -> c.handover().timeout(), Duration.ofSeconds(7)),
                new Mapping("roles", "store", EngineConfig::roles, Set.of(Role.STORE)),
                new Mapping("store.flush-interval", "2 s", c -> c.store().flushInterval(), Duration.ofSeconds(2)),
                new Mapping("store.flush-rows", "10", c -> c.store().flushRows(), 10),
                new Mapping("store.flush-bytes", "1 MiB", c -> c.store().flushBytes(), 1L << 20),
                new Mapping("store.keep", "0 s", c -> c.store().keep(), Duration.ZERO),
                new Mapping("lake.compression", "snappy", c -> c.lake().compression(), PageCompression.SNAPPY),
                new Mapping("lake.roll-interval", "1 s", c -> c.lake().rollInterval(), Duration.ofSeconds(1)),
                new Mapping("lake.hourly", "false", c -> c.lake().hourly(), false),
                new Mapping("lake.keep", "9 d", c -> c.lake().keep(), Duration.ofDays(9)),
                new Mapping("store.memory-limit", "2 GiB", c -> c.store().memoryLimit(), 2L << 30),
                new Mapping("store.threads", "3", c -> c.store().threads(), 3),
                new Mapping("store.spill-limit", "1 GiB", c -> c.store().spillLimit(), 1L << 30),
                new Mapping("store.full-books", "true", c -> c.store().fullBooks(), true),
                new Mapping(
                        "strategies",
                        "[{ class = a.B, parameters { n = 1, on = true, t = x y } }]",
                        EngineConfig::strategies,
                        List.of(strategy)),
                new Mapping("ops.port", "0", c -> c.ops().port(), 0),
                new Mapping("ops.health-interval", "1 s", c -> c.ops().healthInterval(), Duration.ofSeconds(1)),
                new Mapping("shutdown.deadline", "1 s", c -> c.ops().shutdownDeadline(), Duration.ofSeconds(1)));
    }

    private static OrderConfig order(EngineConfig config) {
        return config.results().order();
    }

    private static ClockConfig clock(EngineConfig config) {
        return config.results().clock();
    }

    private static BarsConfig bars(EngineConfig config) {
        return config.results().bars();
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void shouldTakeAnOption(Mapping mapping) {
        EngineConfig config =
                ConfigFiles.set(mapping.key() + "=" + mapping.value()).engine();
        assertEquals(mapping.expected(), mapping.field().apply(config));
        if (!mapping.key().equals("pipeline.profile")) {
            Object before = mapping.field().apply(ConfigFiles.defaults().engine());
            assertNotEquals(mapping.expected(), before, "the value must differ from the default to prove anything");
        }
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void shouldTakeAVariable(Mapping mapping) {
        Map<String, String> environment = Map.of(KnownKeys.variable(mapping.key()), mapping.value());
        EngineConfig config =
                ConfigFiles.loader(environment).load(List.of(), List.of()).engine();
        assertEquals(mapping.expected(), mapping.field().apply(config));
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void shouldTakeAFile(Mapping mapping) throws IOException {
        boolean quoted = !mapping.value().startsWith("[");
        String value = quoted ? '"' + mapping.value() + '"' : mapping.value();
        Path file = Files.writeString(folder.resolve("one.conf"), mapping.key() + " = " + value + "\n");
        assertEquals(
                mapping.expected(), mapping.field().apply(ConfigFiles.file(file).engine()));
    }

    @Test
    void shouldHaveAMappingForEveryKeyOfTheFile() {
        TreeSet<String> mapped = mappings().map(Mapping::key).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> shipped = ConfigFiles.defaults().effective().stream()
                .map(Setting::key)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(shipped, mapped);
    }
}
