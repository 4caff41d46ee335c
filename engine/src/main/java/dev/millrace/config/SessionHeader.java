package dev.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import dev.millrace.market.Basis;
import dev.millrace.market.Timeframe;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The payload of a session record: what ran, and every setting that can change a result. JSON, so that it can be read
 * without this program; keys that this version does not know are passed over.
 *
 * @param engineVersion the program's version
 * @param semanticsVersion raised when the logic of bars, order or gaps changes a result
 * @param startReason why the session began
 * @param environment {@code mainnet} or {@code testnet}
 * @param clockSync what was known of the host's clock: {@code synchronised}, {@code unsynchronised}, {@code unknown}
 * @param feedCoins {@code feed.coins} as configured
 * @param feedChannels {@code feed.channels} as configured
 * @param results the settings that handlers take from here
 */
public record SessionHeader(
        String engineVersion,
        int semanticsVersion,
        StartReason startReason,
        String environment,
        String clockSync,
        String feedCoins,
        String feedChannels,
        ResultConfig results) {

    /** JSON, UTF-8, keys sorted: the same header gives the same bytes. */
    public byte[] toPayload() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("engine-version", engineVersion);
        values.put("semantics-version", semanticsVersion);
        values.put("start-reason", startReason.label());
        values.put("environment", environment);
        values.put("clock-sync", clockSync);
        values.put("feed.coins", feedCoins);
        values.put("feed.channels", feedChannels);
        putResults(values);
        Config config = ConfigFactory.parseMap(values);
        return config.root().render(ConfigRenderOptions.concise()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads {@code length} bytes of a payload.
     *
     * @throws IllegalArgumentException when it is not JSON or lacks a setting, saying which
     */
    public static SessionHeader parse(byte[] payload, int length) {
        String json = new String(payload, 0, length, StandardCharsets.UTF_8);
        try {
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setOriginDescription("session header");
            return of(new Settings(ConfigFactory.parseString(json, options)));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("session header: " + e.getMessage(), e);
        } catch (com.typesafe.config.ConfigException e) {
            throw new IllegalArgumentException(Layers.oneLine(e), e);
        }
    }

    private static SessionHeader of(Settings settings) {
        return new SessionHeader(
                settings.text("engine-version"),
                settings.whole("semantics-version"),
                StartReason.of(settings.text("start-reason")),
                settings.text("environment"),
                settings.text("clock-sync"),
                settings.text("feed.coins"),
                settings.text("feed.channels"),
                new ResultConfig(
                        Sections.order(settings),
                        Sections.clock(settings),
                        Sections.bars(settings),
                        freshness(settings)));
    }

    private static FreshnessConfig freshness(Settings settings) {
        return settings.has("freshness.grace") ? Sections.freshness(settings) : FreshnessConfig.DEFAULT;
    }

    private void putResults(Map<String, Object> values) {
        OrderConfig order = results.order();
        values.put("order.window-trades", order.windowTrades());
        values.put("order.window-max-trades", order.windowMaxTrades());
        values.put("order.fresh-for", Durations.text(order.freshFor()));
        ClockConfig clock = results.clock();
        values.put("clock.max-carry", Durations.text(clock.maxCarry()));
        values.put("clock.max-step", Durations.text(clock.maxStep()));
        values.put("clock.max-ahead", Durations.text(clock.maxAhead()));
        BarsConfig bars = results.bars();
        values.put(
                "bars.timeframes",
                bars.timeframes().stream().map(Timeframe::label).toList());
        values.put("bars.basis", bars.bases().stream().map(Basis::label).toList());
        values.put("bars.close-delay", Durations.text(bars.closeDelay()));
        values.put("bars.revision-window", Durations.text(bars.revisionWindow()));
        values.put("bars.empty", bars.emptyBars().name().toLowerCase(Locale.ROOT));
        FreshnessConfig freshness = results.freshness();
        values.put("freshness.grace", Durations.text(freshness.grace()));
        values.put("freshness.min-cadence", Durations.text(freshness.minCadence()));
        values.put("freshness.max-cadence", Durations.text(freshness.maxCadence()));
        values.put("freshness.max-lag", Durations.text(freshness.maxLag()));
        values.put("freshness.min-retry", Durations.text(freshness.minRetry()));
        values.put("freshness.max-retry", Durations.text(freshness.maxRetry()));
        values.put("feed.probe-interval", Durations.text(freshness.probeInterval()));
    }
}
