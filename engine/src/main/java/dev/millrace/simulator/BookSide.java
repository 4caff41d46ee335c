package dev.millrace.simulator;

/**
 * One side of a simulated book. Only the best level is state; the levels behind it are a function of seed, price and
 * time, so that a level is the same in every view and stays as it is while nobody touches it.
 */
final class BookSide {

    private static final double MEAN_NOTIONAL = 40_000;
    /** A level changes about every eight seconds, each at its own moment. */
    private static final int LEVEL_LIFE_BITS = 13;

    private final SimulatedCoin coin;
    private final boolean bid;
    private final long seed;
    private long price;
    private long size;
    private int orders;

    BookSide(SimulatedCoin coin, boolean bid, long seed) {
        this.coin = coin;
        this.bid = bid;
        this.seed = SeededRandom.mix(seed + (bid ? 1 : 2));
    }

    long price() {
        return price;
    }

    long size() {
        return size;
    }

    int orders() {
        return orders;
    }

    /** Makes this price the best. */
    void moveTo(long newPrice, long timeMs) {
        price = newPrice;
        size = sizeAt(newPrice, timeMs);
        orders = ordersAt(newPrice, timeMs);
    }

    /** The best level's size becomes another one. */
    void resize(long bits) {
        size = sizeFrom(bits, price);
        orders = ordersFrom(bits);
    }

    /** Takes from the best level; when nothing is left the next level becomes the best. */
    void take(long amount, long timeMs) {
        size -= amount;
        if (size == 0) {
            moveTo(behind(price), timeMs);
        } else if (orders > 1) {
            orders--;
        }
    }

    /** The next level that exists behind this price, away from the other side. */
    long behind(long from) {
        long next = from;
        do {
            next = bid ? next - coin.tick(next - 1) : next + coin.tick(next);
        } while ((hash(next) & 7) == 0);
        return next;
    }

    long sizeAt(long at, long timeMs) {
        return at == price && size > 0 ? size : sizeFrom(bitsAt(at, timeMs), at);
    }

    int ordersAt(long at, long timeMs) {
        return at == price && orders > 0 ? orders : ordersFrom(bitsAt(at, timeMs));
    }

    private long bitsAt(long at, long timeMs) {
        long hash = hash(at);
        return SeededRandom.mix(hash + ((timeMs + (hash >>> 40)) >> LEVEL_LIFE_BITS));
    }

    private long hash(long at) {
        return SeededRandom.mix(seed ^ at);
    }

    private long sizeFrom(long bits, long at) {
        double spread = SeededRandom.unit(bits) + SeededRandom.unit(SeededRandom.mix(bits + 1));
        double units = MEAN_NOTIONAL * StrictMath.exp(3 * (spread - 1.4)) / (at / 1e8);
        return Math.max(1, (long) (units * 1e8) / coin.sizeStep()) * coin.sizeStep();
    }

    private static int ordersFrom(long bits) {
        double unit = SeededRandom.unit(SeededRandom.mix(bits + 2));
        return 1 + (int) (unit * unit * 18);
    }
}
