package dev.millrace.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One coin's seeded market: a book whose top walks in ticks, blocks of trades that eat into it, and the candles and
 * sums that follow from the trades. Its numbers depend on seed and coin alone, never on the other coins.
 */
final class CoinMarket {

    /** Trades in the snapshot that the venue sends first. */
    static final int SNAPSHOT_TRADES = 30;

    private static final int MAX_BLOCK_TRADES = 12;
    private static final int USERS = 400;
    private static final long QUOTE_MS = 180;
    private static final double MEAN_TRADE_NOTIONAL = 600;

    private final SimulatedCoin coin;
    private final SeededRandom random;
    private final long userSeed;
    private final BookSide bids;
    private final BookSide asks;
    private final Candles candles;
    private final FundingPast funding;
    private final Deque<SimulatedTrade> recent = new ArrayDeque<>();
    private final List<SimulatedTrade> block = new ArrayList<>();
    private final DaySums day;
    private long timeMs;
    private long nextTradesMs;
    private long nextQuoteMs;
    private boolean topChanged;
    private boolean delisted;

    /** The coin's market at this time, with as many trades as a snapshot needs. */
    CoinMarket(SimulatedCoin coin, long marketSeed, long listedMs, long startMs) {
        this.coin = coin;
        long seed = SeededRandom.mix(marketSeed ^ SeededRandom.hash(coin.name()));
        this.random = new SeededRandom(seed);
        this.userSeed = SeededRandom.mix(marketSeed);
        this.bids = new BookSide(coin, true, seed);
        this.asks = new BookSide(coin, false, seed);
        this.day = new DaySums(coin, random);
        this.timeMs = startMs - 4 * SNAPSHOT_TRADES * coin.blockMs();
        this.candles = new Candles(new CandlePast(coin, seed, listedMs, timeMs));
        this.funding = new FundingPast(seed, Math.max(listedMs, CandlePast.ORIGIN_MS));
        long start = coin.startPrice() - coin.startPrice() % coin.tick(coin.startPrice());
        bids.moveTo(start, timeMs);
        asks.moveTo(start + coin.tick(start), timeMs);
        nextTradesMs = timeMs + 1;
        nextQuoteMs = timeMs + 2;
        while (nextTimeMs() < startMs) {
            step();
        }
    }

    SimulatedCoin coin() {
        return coin;
    }

    BookSide bids() {
        return bids;
    }

    BookSide asks() {
        return asks;
    }

    Candles candles() {
        return candles;
    }

    FundingPast funding() {
        return funding;
    }

    DaySums day() {
        return day;
    }

    /** Nothing moves any more and the book is empty. */
    void delist() {
        delisted = true;
    }

    boolean delisted() {
        return delisted;
    }

    /** Trades of the last block, in order. */
    List<SimulatedTrade> block() {
        return block;
    }

    /** The last {@link #SNAPSHOT_TRADES} trades, oldest first. */
    List<SimulatedTrade> recent() {
        return List.copyOf(recent);
    }

    /** Whether the last step changed the best price, size or count of a side. */
    boolean topChanged() {
        return topChanged;
    }

    /** Twice the mid, scale 8. */
    long doubleMid() {
        return bids.price() + asks.price();
    }

    long timeMs() {
        return timeMs;
    }

    /** When the next step is due. */
    long nextTimeMs() {
        return delisted ? Long.MAX_VALUE : Math.min(nextTradesMs, nextQuoteMs);
    }

    /** Takes the next step; true when it was a block of trades. */
    boolean step() {
        if (nextTradesMs <= nextQuoteMs) {
            trade(nextTradesMs);
            nextTradesMs += random.exponential(coin.blockMs());
            return true;
        }
        quote(nextQuoteMs);
        nextQuoteMs += random.exponential(QUOTE_MS);
        return false;
    }

    /** A block of 1 to 12 trades at this time. */
    void trade(long atMs) {
        long before = top();
        timeMs = atMs;
        block.clear();
        int trades = blockTrades();
        Taker taker = taker();
        for (int i = 0; i < trades; i++) {
            if (i > 0 && random.chance(0.3)) {
                taker = taker();
            }
            fill(taker);
        }
        topChanged = top() != before;
    }

    /** The book moves without a trade. */
    void quote(long atMs) {
        long before = top();
        timeMs = atMs;
        long tick = coin.tick(bids.price());
        long gap = (asks.price() - bids.price()) / tick;
        if (gap > 1 && random.chance(0.6)) {
            tighten(Math.max(1, gap / 2) * tick);
        } else if (random.chance(0.5)) {
            (random.chance(0.5) ? bids : asks).resize(random.next());
        } else {
            shift();
        }
        topChanged = top() != before;
    }

    private void tighten(long by) {
        if (random.chance(0.5)) {
            bids.moveTo(aligned(bids.price() + by), timeMs);
        } else {
            asks.moveTo(aligned(asks.price() - by), timeMs);
        }
    }

    /** Onto the grid, which is coarser above a power of ten. */
    private long aligned(long price) {
        return price - price % coin.tick(price);
    }

    /** Both sides go one tick the same way, with a weak pull back to the first price. */
    private void shift() {
        double distance = (bids.price() - coin.startPrice()) / (double) coin.startPrice();
        if (random.chance(0.5 - Math.max(-0.3, Math.min(0.3, 10 * distance)))) {
            asks.moveTo(asks.price() + coin.tick(asks.price()), timeMs);
            bids.moveTo(bids.price() + coin.tick(bids.price()), timeMs);
        } else {
            bids.moveTo(bids.price() - coin.tick(bids.price() - 1), timeMs);
            asks.moveTo(asks.price() - coin.tick(asks.price() - 1), timeMs);
        }
    }

    private long top() {
        return SeededRandom.mix(SeededRandom.mix(bids.price() + 31 * bids.size()) + asks.price() + 31 * asks.size())
                + bids.orders()
                + 31L * asks.orders();
    }

    /** Mostly one, seldom many: about 1.5 on average, so that the standard mix has frames of about 915 bytes. */
    private int blockTrades() {
        if (random.chance(0.03)) {
            return 1 + random.below(MAX_BLOCK_TRADES);
        }
        int trades = 1;
        while (trades < MAX_BLOCK_TRADES && random.chance(0.25)) {
            trades++;
        }
        return trades;
    }

    /** A user's order; one in seven trades comes from the venue itself and has no transaction. */
    private Taker taker() {
        return new Taker(random.chance(0.5), random.chance(0.14) ? 0 : random.next() | 1, user());
    }

    private void fill(Taker taker) {
        BookSide side = taker.buy() ? asks : bids;
        long price = side.price();
        long wanted = (long) (random.exponential(1_000_000) / 1e6 * MEAN_TRADE_NOTIONAL / (price / 1e8) * 1e8);
        long size = Math.min(side.size(), Math.max(coin.sizeStep(), wanted - wanted % coin.sizeStep()));
        long maker = user();
        SimulatedTrade trade = new SimulatedTrade(
                timeMs,
                random.next() >>> 14,
                taker.buy(),
                price,
                size,
                taker.action(),
                taker.buy() ? taker.user() : maker,
                taker.buy() ? maker : taker.user());
        side.take(size, timeMs);
        record(trade);
    }

    private void record(SimulatedTrade trade) {
        block.add(trade);
        recent.add(trade);
        if (recent.size() > SNAPSHOT_TRADES) {
            recent.remove();
        }
        candles.onTrade(trade, coin.sizeStep());
        day.onTrade(trade);
    }

    private long user() {
        return userSeed + random.below(USERS);
    }

    private record Taker(boolean buy, long action, long user) {}
}
