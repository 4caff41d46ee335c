package dev.millrace.simulator;

import dev.millrace.market.Subscription;
import java.util.List;

/** Draws frames of a market in the proportions of a mix; the market moves by what is drawn. */
final class Composer {

    private final SimulatedMarket market;
    private final int[] weights;
    private final int total;
    private final SeededRandom random;
    private Topic topic = Topic.of(Subscription.allMids(""));
    private int trades;

    Composer(MarketModel model, Mix mix) {
        market = new SimulatedMarket(model);
        weights = mix.weights();
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        total = sum;
        random = new SeededRandom(model.seed() + 1);
    }

    /** The frame of this slot: so many ms after the market's start. */
    byte[] next(int slot) {
        long timeMs = market.model().startMs() + slot;
        CoinMarket coin = market.coins()[random.below(market.coins().length)];
        String name = coin.coin().name();
        trades = 0;
        topic = Topic.of(draw(name));
        switch (topic.channel()) {
            case TRADES -> {
                coin.trade(timeMs);
                trades = coin.block().size();
            }
            case L2_BOOK, BBO -> coin.quote(timeMs);
            default -> {}
        }
        return market.write(topic, timeMs);
    }

    /** Whom the last frame is for. */
    Subscription subscription() {
        return topic.subscription();
    }

    /** Trades in the last frame. */
    int trades() {
        return trades;
    }

    private Subscription draw(String coin) {
        int rest = random.below(total);
        int kind = 0;
        while (rest >= weights[kind]) {
            rest -= weights[kind++];
        }
        List<String> intervals = Candles.INTERVALS;
        return switch (kind) {
            case 0 -> Subscription.trades(coin);
            case 1 -> Subscription.book(coin, false);
            case 2 -> Subscription.book(coin, true);
            case 3 -> Subscription.allMids("");
            case 4 -> Subscription.bbo(coin);
            case 5 -> Subscription.candle(coin, intervals.get(random.below(intervals.size())));
            default -> Subscription.assetContext(coin);
        };
    }
}
