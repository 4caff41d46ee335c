package dev.millrace.simulator;

import java.util.ArrayList;
import java.util.List;

/** A book whose prices are rounded to fewer figures: bids down, asks up, levels of one price added together. */
final class AggregatedBook {

    /** Enough fine levels to fill the coarse ones of a shallow rounding; a coarser book just ends earlier. */
    private static final int FINE_LEVELS = 400;

    private final List<Level> bids;
    private final List<Level> asks;

    AggregatedBook(CoinMarket market, Topic topic, long timeMs) {
        long step = step(market.asks().price(), topic);
        bids = levels(market.bids(), timeMs, step, 0);
        asks = levels(market.asks(), timeMs, step, step - 1);
    }

    /** One level. */
    record Level(long price, long size, int orders) {}

    List<Level> bids() {
        return bids;
    }

    List<Level> asks() {
        return asks;
    }

    /** Best ask less best bid, scale 8. */
    long spread() {
        return asks.get(0).price() - bids.get(0).price();
    }

    private static long step(long price, Topic topic) {
        long step = Math.max(1, topic.mantissa());
        for (long rest = price; rest >= pow10(topic.significantFigures()); rest /= 10) {
            step *= 10;
        }
        return step;
    }

    private static long pow10(int exponent) {
        return exponent == 0 ? 1 : 10 * pow10(exponent - 1);
    }

    private static List<Level> levels(BookSide side, long timeMs, long step, long roundUp) {
        List<Level> levels = new ArrayList<>();
        long price = side.price();
        for (int i = 0; i < FINE_LEVELS; i++) {
            long rounded = (price + roundUp) / step * step;
            Level fine = new Level(rounded, side.sizeAt(price, timeMs), side.ordersAt(price, timeMs));
            int last = levels.size() - 1;
            if (last >= 0 && levels.get(last).price() == rounded) {
                Level before = levels.get(last);
                levels.set(last, new Level(rounded, before.size() + fine.size(), before.orders() + fine.orders()));
            } else {
                levels.add(fine);
            }
            price = side.behind(price);
        }
        return levels;
    }
}
