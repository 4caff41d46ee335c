package dev.millrace.benchmarks;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedMarket;
import java.util.ArrayList;
import java.util.List;

/** What a frame holds; frames of a kind come from the simulated market, shapes and sizes as recorded. */
public enum FrameKind {
    TRADES_1,
    TRADES_4,
    TRADES_12,
    BOOK_20X2,
    BBO,
    MIDS,
    CONTEXT,
    CANDLE;

    private static final long START_MS = 1_756_904_000_000L;
    private static final String COIN = "BTC";

    Channel channel() {
        return subscription().channel();
    }

    /** The first frames of this kind in a market that is always the same. */
    List<byte[]> frames(int count) {
        SimulatedMarket market = new SimulatedMarket(MarketModel.of(1, START_MS).withCadence(Cadence.lively()));
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < count) {
            market.next();
            if (isOfKind(market)) {
                market.frame(subscription()).ifPresent(frames::add);
            }
        }
        return frames;
    }

    private Subscription subscription() {
        return switch (this) {
            case TRADES_1, TRADES_4, TRADES_12 -> Subscription.trades(COIN);
            case BOOK_20X2 -> Subscription.book(COIN, false);
            case BBO -> Subscription.bbo(COIN);
            case MIDS -> Subscription.allMids("");
            case CONTEXT -> Subscription.assetContext(COIN);
            case CANDLE -> Subscription.candle(COIN, "1m");
        };
    }

    private boolean isOfKind(SimulatedMarket market) {
        int trades = market.trades().size();
        return switch (this) {
            case TRADES_1 -> trades == 1;
            case TRADES_4 -> trades == 4;
            case TRADES_12 -> trades == 12;
            default -> true;
        };
    }
}
