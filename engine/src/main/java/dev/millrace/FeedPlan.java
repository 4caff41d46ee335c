package dev.millrace;

import dev.millrace.config.ConfigException;
import dev.millrace.config.EngineConfig;
import dev.millrace.feed.SubscriptionPlan;
import dev.millrace.market.Instrument;
import dev.millrace.market.Subscription;
import dev.millrace.rest.InfoException;
import dev.millrace.rest.VenueInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * What to subscribe: the venue's metadata, read once at start and journaled, and the settings made of it.
 *
 * @param instruments what the venue lists; empty where it could not be read
 * @param coins wire names
 * @param subscriptions in the order they are asked for
 * @param warnings one line each
 */
public record FeedPlan(
        List<Instrument> instruments, List<String> coins, List<Subscription> subscriptions, List<String> warnings) {

    /** @param members of the universe, as far as they are known at the start */
    static FeedPlan make(EngineConfig config, VenueInfo venue, List<String> members) throws InterruptedException {
        List<String> warnings = new ArrayList<>();
        List<Instrument> instruments = List.of();
        try {
            instruments = read(venue, config.feed().coins());
        } catch (InfoException e) {
            String words = "the venue's metadata could not be read: " + e.getMessage();
            if (config.feed().checkNames()) {
                throw new ConfigException(
                        "hyperliquid.rest-url",
                        "hyperliquid.rest-url: " + words + " (feed.check-names = false goes on without it)");
            }
            warnings.add(words);
        }
        try {
            SubscriptionPlan plan = SubscriptionPlan.of(config.feed(), instruments, members);
            warnings.addAll(plan.warnings());
            return new FeedPlan(instruments, plan.coins(), plan.subscriptions(), List.copyOf(warnings));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("feed.coins", e.getMessage());
        }
    }

    /** One call each for the first exchange, spot and the list of the others, and one for each other that is named. */
    static List<Instrument> read(VenueInfo venue, List<String> coins) throws InfoException, InterruptedException {
        List<Instrument> all = new ArrayList<>(venue.perps(""));
        all.addAll(venue.pairs());
        for (String dex : venue.perpDexs()) {
            if (!dex.isEmpty() && coins.stream().anyMatch(coin -> coin.startsWith(dex + ":"))) {
                all.addAll(venue.perps(dex));
            }
        }
        return all;
    }
}
