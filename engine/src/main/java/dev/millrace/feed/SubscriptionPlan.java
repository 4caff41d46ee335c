package dev.millrace.feed;

import dev.millrace.config.FeedConfig;
import dev.millrace.config.LanesConfig;
import dev.millrace.market.Instrument;
import dev.millrace.market.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code feed.*} asks for, made of the venue's names.
 *
 * @param coins wire names, in the order of the setting
 * @param subscriptions channel by channel, so that every coin's trades come before any coin's context
 * @param warnings one line for each thing that is accepted but surely not meant
 */
public record SubscriptionPlan(List<String> coins, List<Subscription> subscriptions, List<String> warnings) {

    /**
     * Makes the plan. {@code all} is every perpetual that is not delisted; {@code top:N} the N of these with the largest
     * quote volume of the day; a spot pair is named. A delisted coin that is named is subscribed, with a warning: the
     * venue accepts it and sends empty books. A name that the venue does not know would close the socket.
     *
     * @param instruments the venue's metadata; empty when it could not be read
     * @param members what {@code universe} stands for
     * @throws IllegalArgumentException with the key, the value and what would be right
     */
    public static SubscriptionPlan of(FeedConfig config, List<Instrument> instruments, List<String> members) {
        CoinChoice choice = new CoinChoice(instruments, members, config.checkNames());
        config.coins().forEach(choice::add);
        List<String> coins = List.copyOf(choice.coins());
        Set<Subscription> subscriptions = new LinkedHashSet<>();
        for (String channel : config.channels()) {
            subscriptions(channel, coins, config.candleIntervals()).forEach(subscriptions::add);
        }
        requireAllowed(subscriptions, config.lanes());
        return new SubscriptionPlan(coins, List.copyOf(subscriptions), List.copyOf(choice.warnings()));
    }

    /** Over all connections of an address; one that is about to be spread over lanes must fit too. */
    private static void requireAllowed(Set<Subscription> subscriptions, LanesConfig lanes) {
        int venue = VenueLimits.HYPERLIQUID.subscriptions();
        VenueLimits ours = VenueLimits.HYPERLIQUID.percent(lanes.budgetPercent());
        if (subscriptions.size() > ours.subscriptions()) {
            String share = ours.subscriptions() == venue
                    ? ""
                    : ", of which feed.budget-percent leaves " + ours.subscriptions();
            throw new IllegalArgumentException("feed.coins and feed.channels make " + subscriptions.size()
                    + " subscriptions; the venue allows " + venue + share
                    + ": choose fewer coins (top:N) or fewer channels");
        }
        LanePlan.of(subscriptions, lanes, ours);
    }

    private static Stream<Subscription> subscriptions(String channel, List<String> coins, List<String> intervals) {
        return switch (channel) {
            case "trades" -> coins.stream().map(Subscription::trades);
            case "l2Book" -> coins.stream().map(coin -> Subscription.book(coin, false));
            case "l2Book-fast" -> coins.stream().map(coin -> Subscription.book(coin, true));
            case "bbo" -> coins.stream().map(Subscription::bbo);
            case "allMids" -> dexes(coins).stream().map(Subscription::allMids);
            case "candle" -> candles(coins, intervals).stream();
            case "activeAssetCtx" -> coins.stream().map(Subscription::assetContext);
            default -> throw new IllegalArgumentException("feed.channels: '" + channel + "' has no subscription");
        };
    }

    private static List<Subscription> candles(List<String> coins, List<String> intervals) {
        List<Subscription> candles = new ArrayList<>();
        for (String interval : intervals) {
            coins.forEach(coin -> candles.add(Subscription.candle(coin, interval)));
        }
        return candles;
    }

    /** The exchanges whose mids are wanted: the venue's own, and those of the coins' prefixes. */
    private static Set<String> dexes(List<String> coins) {
        Set<String> dexes = new LinkedHashSet<>();
        dexes.add("");
        for (String coin : coins) {
            dexes.add(coin.substring(0, Math.max(0, coin.indexOf(':'))));
        }
        return dexes;
    }
}
