package dev.millrace.simulator;

import java.util.Optional;

/**
 * A coin's candles before its live market begins: a function of seed and time, nothing of it is kept. Hours hang on a
 * seeded walk that ends at the coin's first price; an hour's minutes run between its open and close inside its high and
 * low, each of which one minute reaches, so that an hour is the roll-up of its minutes without reading them.
 */
final class CandlePast {

    /** 2023-05-01: no coin has older candles. */
    static final long ORIGIN_MS = 1_682_899_200_000L;

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    /** Hours between two nodes of each part of the walk. */
    private static final long[] SPACINGS = {1, 4, 16, 64, 256, 1_024, 4_096};

    private static final double HOUR_MOVE = 0.006;
    private static final double WICK = 0.004;
    private static final double TRADE_NOTIONAL = 600;

    private final SimulatedCoin coin;
    private final long seed;
    private final long fromMs;
    private final long untilMs;
    private final long lastHour;
    private final double lastWalk;

    /**
     * @param fromMs when the coin was listed
     * @param untilMs from when on live trades make the candles; rounded down to the minute
     */
    CandlePast(SimulatedCoin coin, long seed, long fromMs, long untilMs) {
        this.coin = coin;
        this.seed = SeededRandom.mix(seed + 3);
        this.untilMs = untilMs - Math.floorMod(untilMs, MINUTE);
        this.fromMs = Math.min(this.untilMs, Math.max(ORIGIN_MS, fromMs - Math.floorMod(fromMs, HOUR)));
        this.lastHour = Math.floorDiv(this.untilMs, HOUR);
        this.lastWalk = walk(lastHour);
    }

    long fromMs() {
        return fromMs;
    }

    long untilMs() {
        return untilMs;
    }

    /** What lies between two whole minutes as one candle; empty where the coin had no market yet. */
    Optional<Candle> rollUp(long startMs, long endMs) {
        long time = Math.max(startMs, fromMs);
        long end = Math.min(endMs, untilMs);
        Candle sum = null;
        while (time < end) {
            boolean whole = Math.floorMod(time, HOUR) == 0 && time + HOUR <= end;
            Candle next = whole ? hour(time) : minute(time);
            sum = sum == null ? next : sum.with(next);
            time = next.endMs();
        }
        return sum == null ? Optional.empty() : Optional.of(sum.in(startMs, endMs));
    }

    private Candle hour(long startMs) {
        Hour hour = new Hour(startMs / HOUR);
        long steps = 0;
        long trades = 0;
        for (int i = 0; i < 60; i++) {
            trades += hour.trades(i);
            steps += hour.steps(i);
        }
        return new Candle(startMs, startMs + HOUR, hour.open, hour.high, hour.low, hour.close, steps, trades);
    }

    Candle minute(long startMs) {
        Hour hour = new Hour(startMs / HOUR);
        int i = (int) (Math.floorMod(startMs, HOUR) / MINUTE);
        long open = hour.price(i);
        long close = startMs + MINUTE == untilMs ? start() : hour.price(i + 1);
        long high = i == hour.highest ? hour.high : Math.max(open, close);
        long low = i == hour.lowest ? hour.low : Math.min(open, close);
        return new Candle(startMs, startMs + MINUTE, open, high, low, close, hour.steps(i), hour.trades(i));
    }

    /** The price at the beginning of an hour. */
    private long node(long hour) {
        return hour >= lastHour ? start() : aligned((long) (coin.startPrice() * StrictMath.exp(walk(hour) - lastWalk)));
    }

    private long start() {
        return aligned(coin.startPrice());
    }

    private long aligned(long price) {
        long positive = Math.max(price, coin.tick(1));
        return positive - positive % coin.tick(positive);
    }

    private double walk(long hour) {
        double sum = 0;
        for (long spacing : SPACINGS) {
            long node = Math.floorDiv(hour, spacing);
            double along = Math.floorMod(hour, spacing) / (double) spacing;
            double here = unit(node, spacing);
            sum += HOUR_MOVE * StrictMath.sqrt((double) spacing) * (here + (unit(node + 1, spacing) - here) * along);
        }
        return sum;
    }

    /** In [−1, 1). */
    private double unit(long node, long spacing) {
        return 2 * SeededRandom.unit(SeededRandom.mix(seed + 31 * node + (spacing << 48))) - 1;
    }

    /** What the minutes of an hour share. */
    private final class Hour {
        private final long bits;
        private final long open;
        private final long close;
        private final long high;
        private final long low;
        private final int highest;
        private final int lowest;
        private final double stepsPerTrade;

        Hour(long hour) {
            bits = SeededRandom.mix(seed ^ SeededRandom.mix(hour));
            open = node(hour);
            close = node(hour + 1);
            long top = Math.max(open, close);
            long bottom = Math.min(open, close);
            high = aligned((long) (top * (1 + WICK * SeededRandom.unit(SeededRandom.mix(bits + 1)))));
            low = aligned((long) (bottom * (1 - WICK * SeededRandom.unit(SeededRandom.mix(bits + 2)))));
            highest = (int) Math.floorMod(bits, 60L);
            lowest = (int) Math.floorMod(bits >>> 20, 60L);
            stepsPerTrade = TRADE_NOTIONAL / (open / 1e8) / (coin.sizeStep() / 1e8);
        }

        long price(int minute) {
            if (minute == 0) {
                return open;
            }
            if (minute == 60) {
                return close;
            }
            double line = open + (close - open) * (minute / 60.0);
            double off = (high - low) * (SeededRandom.unit(SeededRandom.mix(bits + 100 + minute)) - 0.5);
            return Math.max(low, Math.min(high, aligned((long) (line + off))));
        }

        long trades(int minute) {
            long mean = Math.max(1, 3 * MINUTE / coin.blockMs() / 2);
            return 1 + Math.floorMod(SeededRandom.mix(bits + 200 + minute), 2 * mean);
        }

        long steps(int minute) {
            double size = 0.5 + SeededRandom.unit(SeededRandom.mix(bits + 300 + minute));
            return Math.max(1, (long) (stepsPerTrade * size)) * trades(minute);
        }
    }
}
