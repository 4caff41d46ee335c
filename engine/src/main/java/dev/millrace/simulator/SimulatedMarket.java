package dev.millrace.simulator;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A seeded market without sockets. It moves in steps, in order of exchange time; after each step {@link #frame} gives
 * the frame that the step causes for a subscription. What a step contains does not depend on who asks, so equal models
 * give equal bytes for a subscription whatever else is subscribed. One thread.
 *
 * <pre>{@code
 * SimulatedMarket market = new SimulatedMarket(MarketModel.of(seed, startMs));
 * byte[] snapshot = market.snapshot(Subscription.trades("BTC")).orElseThrow();
 * while (market.nextTimeMs() < endMs) {
 *     MarketStep step = market.next();
 *     market.frame(Subscription.trades("BTC")).ifPresent(sink);
 * }
 * }</pre>
 */
public final class SimulatedMarket {

    private static final MarketStep.Kind[] CLOCKED = {
        MarketStep.Kind.SLOW_BOOKS, MarketStep.Kind.FAST_BOOKS, MarketStep.Kind.MIDS, MarketStep.Kind.CONTEXTS
    };

    private final MarketModel model;
    private final Map<String, CoinMarket> coins = new LinkedHashMap<>();
    private CoinMarket[] order;
    private final long[] cadences;
    private final long[] due;
    private final NavigableMap<String, BigDecimal> outcomes = new TreeMap<>();
    private final FrameWriter writer = new FrameWriter();
    private MarketStep step;

    public SimulatedMarket(MarketModel model) {
        this.model = model;
        for (SimulatedCoin coin : model.coins()) {
            coins.put(coin.name(), new CoinMarket(coin, model.seed(), CandlePast.ORIGIN_MS, model.startMs()));
        }
        order = coins.values().toArray(CoinMarket[]::new);
        Cadence cadence = model.cadence();
        cadences = new long[] {cadence.slowBookMs(), cadence.fastBookMs(), cadence.midsMs(), cadence.contextMs()};
        due = new long[CLOCKED.length];
        Arrays.fill(due, model.startMs());
        step = new MarketStep(MarketStep.Kind.BEGIN, "", model.startMs());
        addOutcomes();
    }

    public MarketModel model() {
        return model;
    }

    /** Exchange time of the last step, ms. */
    public long timeMs() {
        return step.timeMs();
    }

    /** Exchange time of the next step, ms. */
    public long nextTimeMs() {
        long next = Long.MAX_VALUE;
        for (long time : due) {
            next = Math.min(next, time);
        }
        for (CoinMarket coin : order) {
            next = Math.min(next, coin.nextTimeMs());
        }
        return next;
    }

    /** Takes the next step: at one time the clocked channels come first, then the coins as they are listed. */
    public MarketStep next() {
        step = stepAt(nextTimeMs());
        return step;
    }

    private MarketStep stepAt(long time) {
        for (int i = 0; i < due.length; i++) {
            if (due[i] == time) {
                due[i] += cadences[i];
                return new MarketStep(CLOCKED[i], "", time);
            }
        }
        for (CoinMarket coin : order) {
            if (coin.nextTimeMs() == time) {
                MarketStep.Kind kind = coin.step() ? MarketStep.Kind.TRADES : MarketStep.Kind.QUOTE;
                return new MarketStep(kind, coin.coin().name(), time);
            }
        }
        throw new IllegalStateException("no step is due at " + time);
    }

    /** The trades of the last step, in order; empty unless it was {@link MarketStep.Kind#TRADES}. */
    public List<SimulatedTrade> trades() {
        return step.kind() == MarketStep.Kind.TRADES
                ? List.copyOf(coins.get(step.coin()).block())
                : List.of();
    }

    /** The frame that the last step causes for this subscription. */
    public Optional<byte[]> frame(Subscription subscription) {
        return frame(Topic.of(subscription));
    }

    /**
     * What the venue sends first after subscribing: of trades the last 30, of the others the present state; nothing for
     * candles, which are only sent on change.
     */
    public Optional<byte[]> snapshot(Subscription subscription) {
        return snapshot(Topic.of(subscription), 0);
    }

    Optional<byte[]> frame(Topic topic) {
        return causes(topic) ? Optional.of(write(topic, timeMs())) : Optional.empty();
    }

    /** A first frame whose times are later by a shift. */
    Optional<byte[]> snapshot(Topic topic, long shiftMs) {
        return switch (topic.channel()) {
            case CANDLE -> Optional.empty();
            case TRADES -> Optional.of(writer.trades(topic.coin(), recent(coins.get(topic.coin()), shiftMs)));
            default -> Optional.of(write(topic, timeMs() + shiftMs));
        };
    }

    boolean knows(Topic topic) {
        return topic.channel() == Channel.ALL_MIDS
                ? knowsDex(topic.subscription().dex())
                : coins.containsKey(topic.coin());
    }

    boolean knowsDex(String dex) {
        return dex.isEmpty()
                || coins.values().stream().anyMatch(coin -> coin.coin().dex().equals(dex));
    }

    /** A new coin trades from the present on; one that is there already stays as it is. */
    void list(SimulatedCoin coin) {
        long nowMs = timeMs();
        coins.computeIfAbsent(coin.name(), name -> new CoinMarket(coin, model.seed(), nowMs, nowMs));
        order = coins.values().toArray(CoinMarket[]::new);
    }

    /** Trades and quotes end, the book is empty; the coin stays in the metadata. */
    void delist(String name) {
        coin(name).ifPresent(CoinMarket::delist);
    }

    Optional<CoinMarket> coin(String name) {
        return Optional.ofNullable(coins.get(name));
    }

    CoinMarket[] coins() {
        return order;
    }

    /** Every mid: with the first exchange also those of spot pairs and outcomes. */
    NavigableMap<String, BigDecimal> mids(String dex) {
        NavigableMap<String, BigDecimal> mids = new TreeMap<>();
        if (dex.isEmpty()) {
            mids.putAll(outcomes);
        }
        for (CoinMarket coin : order) {
            if (coin.coin().dex().equals(dex)) {
                mids.put(
                        coin.coin().name(),
                        BigDecimal.valueOf(coin.doubleMid(), 8).divide(BigDecimal.valueOf(2)));
            }
        }
        return mids;
    }

    private boolean causes(Topic topic) {
        boolean same = step.coin().equals(topic.coin());
        return switch (step.kind()) {
            case BEGIN -> false;
            case TRADES -> same && causedByTrades(topic);
            case QUOTE ->
                same && topic.channel() == Channel.BBO && coins.get(step.coin()).topChanged();
            case SLOW_BOOKS ->
                topic.channel() == Channel.L2_BOOK && !topic.subscription().fast();
            case FAST_BOOKS ->
                topic.channel() == Channel.L2_BOOK && topic.subscription().fast();
            case MIDS -> topic.channel() == Channel.ALL_MIDS;
            case CONTEXTS -> topic.channel() == Channel.ASSET_CONTEXT;
        };
    }

    private boolean causedByTrades(Topic topic) {
        return switch (topic.channel()) {
            case TRADES, CANDLE -> true;
            case BBO -> coins.get(step.coin()).topChanged();
            default -> false;
        };
    }

    /** The present state as a frame of this topic and time; of trades the last block. */
    byte[] write(Topic topic, long timeMs) {
        CoinMarket coin = coins.get(topic.coin());
        return switch (topic.channel()) {
            case TRADES -> writer.trades(topic.coin(), coin.block());
            case L2_BOOK -> writer.book(coin, topic, timeMs);
            case BBO -> writer.bbo(coin, timeMs);
            case CANDLE -> writer.candle(coin, topic.subscription().interval());
            case ALL_MIDS ->
                writer.mids(
                        mids(topic.subscription().dex()), topic.subscription().dex());
            case ASSET_CONTEXT -> writer.context(coin);
            default -> throw new IllegalArgumentException(topic + " cannot be subscribed");
        };
    }

    private List<SimulatedTrade> recent(CoinMarket coin, long shiftMs) {
        List<SimulatedTrade> trades = new ArrayList<>();
        for (SimulatedTrade t : coin.recent()) {
            trades.add(new SimulatedTrade(
                    t.timeMs() + shiftMs, t.tid(), t.buy(), t.price(), t.size(), t.action(), t.buyer(), t.seller()));
        }
        if (model.unsortedSnapshots()) {
            Collections.shuffle(trades, new Random(model.seed()));
        }
        return trades;
    }

    private void addOutcomes() {
        SeededRandom random = new SeededRandom(model.seed());
        for (int i = 0; i < model.outcomes(); i++) {
            outcomes.put("#" + (1_040 + 10 * (i / 2) + i % 2), BigDecimal.valueOf(1 + random.below(999_999), 6));
        }
    }
}
