package dev.millrace.benchmarks.load;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Bars of 1s and 1m by hand: the first trade of the next bucket closes the one before. */
final class PlainBars {

    private static final long[] TIMEFRAMES_MS = {1_000, 60_000};

    /** One bar. */
    static final class PlainBar {
        final String coin;
        final long startMs;
        final double open;
        double high;
        double low;
        double close;
        double volume;
        double quoteVolume;
        double buyVolume;
        int trades;

        PlainBar(String coin, long startMs, double price) {
            this.coin = coin;
            this.startMs = startMs;
            open = price;
            high = price;
            low = price;
        }

        void add(double price, double size, boolean buy) {
            high = Math.max(high, price);
            low = Math.min(low, price);
            close = price;
            volume += size;
            quoteVolume += price * size;
            buyVolume += buy ? size : 0;
            trades++;
        }
    }

    private final Map<String, PlainBar[]> bars = new HashMap<>();
    private final Consumer<PlainBar> closed;

    PlainBars(Consumer<PlainBar> closed) {
        this.closed = closed;
    }

    void onTrade(String coin, long timeMs, double price, double size, boolean buy) {
        PlainBar[] ofCoin = bars.computeIfAbsent(coin, name -> new PlainBar[TIMEFRAMES_MS.length]);
        for (int i = 0; i < TIMEFRAMES_MS.length; i++) {
            long start = timeMs - timeMs % TIMEFRAMES_MS[i];
            if (ofCoin[i] == null || start > ofCoin[i].startMs) {
                if (ofCoin[i] != null) {
                    closed.accept(ofCoin[i]);
                }
                ofCoin[i] = new PlainBar(coin, start, price);
            }
            ofCoin[i].add(price, size, buy);
        }
    }

    int open() {
        return bars.size() * TIMEFRAMES_MS.length;
    }
}
