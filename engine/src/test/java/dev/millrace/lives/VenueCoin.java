package dev.millrace.lives;

import dev.millrace.market.Decimals;
import dev.millrace.pipeline.Frames;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One coin of the model exchange: it trades in blocks, and the venue knows all it ever traded. */
final class VenueCoin {

    private static final long CENT = 1_000_000L;
    private static final long MINUTE_MS = 60_000;
    private static final int SNAPSHOT = 30;

    final String name;
    /** Everything, in the order it was made. */
    final List<VenueTrade> trades = new ArrayList<>();
    /** Of each of these, how often the venue's clock had stepped before it. */
    final List<Integer> clockSteps = new ArrayList<>();

    private final SplittableRandom random;
    private final long meanBlockMs;
    private final Map<Long, Integer> perMinute = new HashMap<>();
    private long nextBlockMs;
    private long price;
    private long dayVolume = 1_000_000;
    private int spread = 1;

    VenueCoin(String name, long startMs, SplittableRandom random) {
        this.name = name;
        this.random = random;
        meanBlockMs = 60L << random.nextInt(10);
        price = (10 + random.nextInt(1_000)) * 100L * CENT;
        long before = startMs - 40 * meanBlockMs;
        for (int i = 0; i < SNAPSHOT + random.nextInt(20); i++) {
            before += 1 + random.nextLong(meanBlockMs);
            make(Math.min(before, startMs - 1), 0);
        }
        nextBlockMs = startMs + random.nextLong(meanBlockMs);
    }

    /** The trades of the block of this moment; empty when there are none. */
    List<VenueTrade> block(long nowMs, long stampMs, int steps) {
        List<VenueTrade> block = new ArrayList<>();
        if (nowMs >= nextBlockMs) {
            nextBlockMs = nowMs + 1 + random.nextLong(2 * meanBlockMs);
            int size = random.nextInt(12) == 0 ? random.nextInt(60) : random.nextInt(4);
            for (int i = 0; i <= size; i++) {
                block.add(make(stampMs, steps));
            }
        }
        return block;
    }

    private VenueTrade make(long timeMs, int steps) {
        price = Math.max(100 * CENT, price + (random.nextInt(7) - 3) * CENT);
        spread = 1 + random.nextInt(3);
        VenueTrade trade = new VenueTrade(
                name,
                timeMs,
                random.nextLong(1L << 50),
                price,
                (1 + random.nextInt(5_000)) * CENT,
                random.nextBoolean());
        trades.add(trade);
        clockSteps.add(steps);
        dayVolume += 1 + random.nextInt(1_000);
        perMinute.merge(timeMs - timeMs % MINUTE_MS, 1, Integer::sum);
        return trade;
    }

    /** The last 30. */
    List<VenueTrade> snapshot() {
        return List.copyOf(trades.subList(Math.max(0, trades.size() - SNAPSHOT), trades.size()));
    }

    String bbo(long nowMs) {
        return Frames.bbo(name, nowMs, px(-spread), px(spread));
    }

    String book(long nowMs, boolean fast) {
        StringBuilder text = new StringBuilder("{\"channel\":\"l2Book\",\"data\":{\"coin\":\"" + name + "\",\"time\":")
                .append(nowMs)
                .append(",\"levels\":[[");
        side(text, -1);
        text.append("],[");
        side(text, 1);
        return text.append(fast ? "]],\"fast\":true}}" : "]]}}").toString();
    }

    private void side(StringBuilder text, int sign) {
        for (int i = 0; i < 5; i++) {
            text.append(i == 0 ? "" : ",").append("{\"px\":\"").append(px(sign * (spread + i)));
            text.append("\",\"sz\":\"1.5\",\"n\":2}");
        }
    }

    String context() {
        return Frames.context(name, dayVolume);
    }

    String candle(long nowMs) {
        long startMs = nowMs - nowMs % MINUTE_MS;
        return Frames.candle(name, startMs, perMinute.getOrDefault(startMs, 0));
    }

    String mid() {
        return "\"" + name + "\":\"" + px(0) + "\"";
    }

    private String px(int cents) {
        return Decimals.text(price + cents * CENT);
    }
}
