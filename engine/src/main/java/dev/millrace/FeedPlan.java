package dev.millrace;

import dev.millrace.codec.hyperliquid.MetadataDecoder;
import dev.millrace.config.ConfigException;
import dev.millrace.config.EngineConfig;
import dev.millrace.feed.SubscriptionPlan;
import dev.millrace.market.EventSink;
import dev.millrace.market.Instrument;
import dev.millrace.market.NanoClock;
import dev.millrace.market.Subscription;
import dev.millrace.metrics.Counters;
import dev.millrace.rest.InfoClient;
import dev.millrace.rest.InfoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What to subscribe: the venue's metadata, read once at start and journaled, and the settings made of it.
 *
 * @param coins wire names
 * @param subscriptions in the order they are asked for
 * @param warnings one line each
 */
public record FeedPlan(List<String> coins, List<Subscription> subscriptions, List<String> warnings) {

    static FeedPlan make(EngineConfig config, EventSink sink, NanoClock clock, Counters counters)
            throws InterruptedException {
        List<String> warnings = new ArrayList<>();
        List<Instrument> instruments = List.of();
        try {
            InfoClient venue = new InfoClient(config.hyperliquid(), sink, clock, new Random(), counters);
            instruments = read(venue, config.feed().coins());
        } catch (InfoException | IOException e) {
            String words = "the venue's metadata could not be read: " + e.getMessage();
            if (config.feed().checkNames()) {
                throw new ConfigException(
                        "hyperliquid.rest-url",
                        "hyperliquid.rest-url: " + words + " (feed.check-names = false goes on without it)");
            }
            warnings.add(words);
        }
        try {
            SubscriptionPlan plan = SubscriptionPlan.of(config.feed(), instruments);
            warnings.addAll(plan.warnings());
            return new FeedPlan(plan.coins(), plan.subscriptions(), List.copyOf(warnings));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("feed.coins", e.getMessage());
        }
    }

    /** One call each for the first exchange, spot and the list of the others, and one for each other that is named. */
    private static List<Instrument> read(InfoClient venue, List<String> coins)
            throws InfoException, IOException, InterruptedException {
        MetadataDecoder decoder = new MetadataDecoder();
        byte[] perps = venue.metaAndAssetCtxs("");
        List<Instrument> all = new ArrayList<>(decoder.metaAndAssetCtxs(perps, perps.length));
        byte[] spot = venue.spotMeta();
        all.addAll(decoder.spotMeta(spot, spot.length));
        byte[] dexes = venue.perpDexs();
        for (String dex : decoder.perpDexs(dexes, dexes.length)) {
            if (!dex.isEmpty() && coins.stream().anyMatch(coin -> coin.startsWith(dex + ":"))) {
                byte[] listed = venue.metaAndAssetCtxs(dex);
                all.addAll(decoder.metaAndAssetCtxs(listed, listed.length));
            }
        }
        return all;
    }
}
