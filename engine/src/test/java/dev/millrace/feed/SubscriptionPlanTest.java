package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.config.FeedConfig;
import dev.millrace.config.LanesConfig;
import dev.millrace.market.Instrument;
import dev.millrace.market.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionPlanTest {

    private static final List<Instrument> VENUE = List.of(
            new Instrument("BTC", 0, 5, false, false, 0, false, 4e9),
            new Instrument("MATIC", 0, 1, false, true, 0, false, 9e9),
            new Instrument("ETH", 0, 4, false, false, 0, false, 2e9),
            new Instrument("kPEPE", 0, 0, false, false, 0, false, Double.NaN),
            new Instrument("SOL", 0, 2, false, false, 0, false, 2e9),
            new Instrument("xyz:SP500", 0, 3, false, false, 0, false, 3e9),
            new Instrument("@107", 0, 2, true, false, 0, false, 8e9));

    @Test
    void shouldPutTheMembersOfTheUniverseInItsPlace() {
        FeedConfig config = config(List.of("SOL", "universe", "BTC"), List.of("trades"), true);
        assertEquals(
                List.of("SOL", "ETH", "BTC"),
                SubscriptionPlan.of(config, VENUE, List.of("ETH", "SOL")).coins());
        assertEquals(
                List.of("SOL", "BTC"),
                SubscriptionPlan.of(config, VENUE, List.of()).coins(),
                "an empty universe is a valid one");
    }

    @Test
    void shouldAskChannelByChannelInTheOrderOfTheSettings() {
        assertEquals(
                List.of(
                        Subscription.trades("ETH"),
                        Subscription.trades("@107"),
                        Subscription.book("ETH", false),
                        Subscription.book("@107", false),
                        Subscription.book("ETH", true),
                        Subscription.book("@107", true),
                        Subscription.bbo("ETH"),
                        Subscription.bbo("@107"),
                        Subscription.allMids(""),
                        Subscription.candle("ETH", "1m"),
                        Subscription.candle("@107", "1m"),
                        Subscription.candle("ETH", "1h"),
                        Subscription.candle("@107", "1h"),
                        Subscription.assetContext("ETH"),
                        Subscription.assetContext("@107")),
                plan(
                                List.of("ETH", "@107"),
                                List.of(
                                        "trades",
                                        "l2Book",
                                        "l2Book-fast",
                                        "bbo",
                                        "allMids",
                                        "candle",
                                        "activeAssetCtx"))
                        .subscriptions());
    }

    @Test
    void shouldChooseByVolumeAmongListedPerpetuals() {
        assertEquals(List.of("BTC", "xyz:SP500", "ETH", "SOL"), coins("top:4"));
        assertEquals(List.of("BTC", "xyz:SP500", "ETH", "SOL", "kPEPE"), coins("top:100"));
        assertEquals(List.of("BTC", "xyz:SP500", "ETH", "SOL", "kPEPE"), coins("all"));
        assertEquals(List.of("@107", "BTC", "xyz:SP500"), coins("@107", "top:1", "xyz:SP500", "BTC"));
    }

    @Test
    void shouldAskForTheMidsOfEveryExchangeThatIsUsed() {
        assertEquals(
                List.of(Subscription.allMids(""), Subscription.allMids("xyz")),
                plan(List.of("BTC", "xyz:SP500"), List.of("allMids")).subscriptions());
    }

    @Test
    void shouldWarnOfADelistedCoinAndSubscribeIt() {
        SubscriptionPlan plan = plan(List.of("MATIC"), List.of("trades"));
        assertEquals(List.of(Subscription.trades("MATIC")), plan.subscriptions());
        assertEquals(
                List.of("feed.coins: 'MATIC' is delisted; the venue will send empty books and no trades"),
                plan.warnings());
    }

    @Test
    void shouldNameTheNearestOfAnUnknownCoin() {
        assertRefused("feed.coins: the venue has no 'btc'; nearest are BTC, ETH, MATIC (letter case counts)", "btc");
        assertRefused(
                "feed.coins: the venue has no 'SP500'; nearest are xyz:SP500, @107, SOL (letter case counts)", "SP500");
    }

    @Test
    void shouldNeedMetadataForAChoiceAndTakeNamesUncheckedOnlyWhenTold() {
        FeedConfig unchecked = config(List.of("BTC"), List.of("trades"), false);
        SubscriptionPlan plan = SubscriptionPlan.of(unchecked, List.of(), List.of());
        assertEquals(List.of(Subscription.trades("BTC")), plan.subscriptions());
        assertEquals(1, plan.warnings().size());
        assertEquals(
                "feed.coins: 'top:20' needs the venue's metadata, which could not be read from hyperliquid.rest-url;"
                        + " name the coins instead",
                refusal(config(List.of("top:20"), List.of("trades"), false), List.of()));
        assertEquals(
                "feed.coins: the venue has no 'BTC': its names could not be read from hyperliquid.rest-url;"
                        + " to go without, set feed.check-names = false",
                refusal(config(List.of("BTC"), List.of("trades"), true), List.of()));
    }

    @Test
    void shouldRefuseMoreThanTheVenueAllows() {
        List<Instrument> many = new ArrayList<>();
        for (int i = 0; i < 334; i++) {
            many.add(new Instrument("C" + i, 0, 2, false, false, 0, false, i));
        }
        assertEquals(
                "feed.coins and feed.channels make 1002 subscriptions; the venue allows 1000:"
                        + " choose fewer coins (top:N) or fewer channels",
                refusal(config(List.of("all"), List.of("trades", "bbo", "l2Book"), true), many));
        assertEquals(
                999,
                SubscriptionPlan.of(
                                config(List.of("top:333"), List.of("trades", "bbo", "l2Book"), true), many, List.of())
                        .subscriptions()
                        .size());
    }

    private static final LanesConfig LANES =
            new LanesConfig(1000, LanesConfig.Redundancy.NONE, Optional.empty(), Duration.ofHours(1), 100);

    private static List<String> coins(String... entries) {
        return plan(List.of(entries), List.of("trades")).coins();
    }

    private static SubscriptionPlan plan(List<String> coins, List<String> channels) {
        return SubscriptionPlan.of(config(coins, channels, true), VENUE, List.of());
    }

    private static void assertRefused(String message, String coin) {
        assertEquals(message, refusal(config(List.of(coin), List.of("trades"), true), VENUE));
    }

    private static String refusal(FeedConfig config, List<Instrument> instruments) {
        return assertThrows(IllegalArgumentException.class, () -> SubscriptionPlan.of(config, instruments, List.of()))
                .getMessage();
    }

    private static FeedConfig config(List<String> coins, List<String> channels, boolean checkNames) {
        return config(coins, channels, List.of("1m", "1h"), checkNames);
    }

    private static FeedConfig config(
            List<String> coins, List<String> channels, List<String> intervals, boolean checkNames) {
        Duration any = Duration.ofSeconds(1);
        return new FeedConfig(coins, channels, intervals, checkNames, any, any, any, any, 50, any, any, LANES);
    }
}
