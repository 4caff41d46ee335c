package dev.millrace.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.config.PipelineConfig.Profile;
import dev.millrace.market.Basis;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.Timeframe;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultsTest {

    private final EngineConfig config = ConfigFiles.defaults().engine();

    @Test
    void shouldKeepEverythingInTheDataFolder() {
        Path dir = Path.of("data");
        DataConfig expected = new DataConfig(
                dir,
                dir.resolve("journal"),
                dir.resolve("state"),
                dir.resolve("bars"),
                dir.resolve("lake"),
                dir.resolve("millrace.duckdb"),
                dir.resolve("spill"),
                dir.resolve("log"));
        assertEquals(expected, config.data());
    }

    @Test
    void shouldConnectToMainnet() {
        HyperliquidConfig expected = new HyperliquidConfig(
                "mainnet",
                URI.create("wss://api.hyperliquid.xyz/ws"),
                URI.create("https://api.hyperliquid.xyz"),
                Optional.empty());
        assertEquals(expected, config.hyperliquid());
    }

    @Test
    void shouldSubscribeTheTopCoins() {
        FeedConfig expected = new FeedConfig(
                List.of("top:20"),
                List.of("trades", "l2Book", "bbo", "allMids", "activeAssetCtx"),
                List.of("1m"),
                true,
                ofSeconds(20),
                ofSeconds(45),
                ofSeconds(10),
                ofSeconds(15),
                20,
                ofMillis(500),
                ofSeconds(30),
                new LanesConfig(400, LanesConfig.Redundancy.NONE, Optional.empty(), ofHours(1), 90));
        assertEquals(expected, config.feed());
    }

    @Test
    void shouldLeaveATenthOfTheVenuesBudgetToOthers() {
        assertEquals(new RestConfig(120, ofSeconds(10), 3, ofMillis(500), ofSeconds(30), false), config.rest());
    }

    @Test
    void shouldCollectHoursAndQuartersWhenAsked() {
        assertEquals(
                new CollectConfig(
                        ofSeconds(0), List.of(CandleInterval.ONE_HOUR, CandleInterval.QUARTER_HOUR), 5_000, true),
                config.collect());
    }

    @Test
    void shouldRepairGapsAndCompareWithTheExchangeHourly() {
        assertEquals(new QualityConfig(true, ofHours(1)), config.quality());
    }

    @Test
    void shouldRunSmallWithoutCores() {
        PipelineConfig expected = new PipelineConfig(
                Profile.SMALL, 64L << 20, 4 << 10, 128L << 20, List.of(), ofMillis(100), ofSeconds(10));
        assertEquals(expected, config.pipeline());
    }

    @Test
    void shouldKeepThreeSnapshotsHalfAMinuteApart() {
        assertEquals(new SnapshotConfig(ofSeconds(30), 3), config.snapshot());
    }

    @Test
    void shouldHoldAQuarterOfAGibibyteForTwoMinutesOfAHandover() {
        assertEquals(new HandoverConfig(256L << 20, ofMinutes(2)), config.handover());
    }

    @Test
    void shouldCaptureAndStoreInOneProcess() {
        assertEquals(Set.of(Role.CAPTURE, Role.STORE), config.roles());
    }

    @Test
    void shouldCommitRowsEverySecond() {
        assertEquals(
                new StoreConfig(ofSeconds(1), 100_000, 32L << 20, ofDays(3), 1L << 30, 2, 10L << 30, false),
                config.store());
    }

    @Test
    void shouldKeepTheLakeForEver() {
        assertEquals(
                new LakeConfig(LakeConfig.PageCompression.ZSTD, ofMinutes(10), true, ofSeconds(Long.MAX_VALUE)),
                config.lake());
    }

    @Test
    void shouldAskForTheMoodOfMainnetAloneEveryHour() {
        URI source = URI.create("https://api.alternative.me/fng/");
        List<Integer> limits = List.of(25, 45, 54, 75);
        assertEquals(new SentimentConfig(true, source, ofHours(1), limits), config.sentiment());
        assertFalse(asks("hyperliquid.environment=testnet"));
        assertFalse(asks("hyperliquid.rest-url=http://127.0.0.1:7001"));
        assertTrue(asks("hyperliquid.rest-url=http://127.0.0.1:7001", "sentiment.url=http://127.0.0.1:7001"));
        assertFalse(asks("sentiment.enabled=false"));
        assertTrue(asks("sentiment.enabled=true", "hyperliquid.environment=testnet"));
    }

    private static boolean asks(String... assignments) {
        return ConfigFiles.set(assignments).engine().sentiment().enabled();
    }

    @Test
    void shouldSyncTheJournalEverySecond() {
        assertEquals(
                new JournalConfig(ofSeconds(1), 4096, 1L << 30, true, ofDays(7), Long.MAX_VALUE), config.journal());
    }

    @Test
    void shouldTakeTheResultSettingsOfTheDesign() {
        List<Timeframe> timeframes = Stream.of("1s", "1m", "5m", "15m", "1h", "4h", "1d")
                .map(Timeframe::parse)
                .toList();
        ResultConfig expected = new ResultConfig(
                new OrderConfig(4096, 262_144, ofSeconds(30)),
                new ClockConfig(ofSeconds(5), ofSeconds(2), ofSeconds(10)),
                new BarsConfig(timeframes, List.of(Basis.TRADE), ofMillis(500), ofMinutes(10), EmptyBars.NONE));
        assertEquals(expected, config.results());
    }

    @Test
    void shouldFindAMuteStreamSecondsAfterTwiceItsCadence() {
        FreshnessConfig expected = new FreshnessConfig(
                ofSeconds(5), ofMillis(500), ofSeconds(30), ofSeconds(10), ofSeconds(10), ofMinutes(10), ofMinutes(5));
        assertEquals(expected, config.results().freshness());
        assertEquals(expected, FreshnessConfig.DEFAULT, "what older journals are judged by");
    }

    @Test
    void shouldFilterAssetsAsDefined() {
        UniverseConfig expected = new UniverseConfig(
                false,
                ofMinutes(10),
                ofMinutes(9),
                new GateConfig(false, 3, 30, 25, 20, 10, 8, ofMinutes(60)),
                new ScoreConfig(
                        new Limits(1e6, 1e9),
                        new Limits(1e6, 1e9),
                        new Limits(1, 20),
                        new Limits(1e4, 2e6),
                        new Limits(.0075, .24)),
                new MembershipConfig(25, .7, .95, 2, 1.2, 3, 2));
        assertEquals(expected, config.universe());
        assertEquals(new InstrumentsConfig(ofMinutes(10)), config.instruments());
    }

    @Test
    void shouldRunNoStrategyAndServeOpsOnAFixedPort() {
        assertEquals(List.of(), config.strategies());
        assertEquals(new OpsConfig(9464, ofSeconds(30), ofSeconds(20)), config.ops());
    }
}
