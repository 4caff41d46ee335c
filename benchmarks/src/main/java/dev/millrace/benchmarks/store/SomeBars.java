package dev.millrace.benchmarks.store;

import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.Timeframe;
import java.util.Arrays;
import java.util.Random;

/** 1m bars of some symbols, made up, the same each time. One thread. */
final class SomeBars {

    static final Timeframe TIMEFRAME = Timeframe.parse("1m");
    /** A tenth, at a price's scale. */
    private static final long TICK = 10_000_000;
    /** A thousandth, at a size's scale. */
    private static final long LOT = 100_000;

    private static final long FIRST_PRICE = 1_000 * TICK;
    private static final long LEAST_PRICE = 10 * TICK;

    private final Random random = new Random(1);
    private final long[] prices;
    private final Bar bar = new Bar();

    SomeBars(int symbols) {
        prices = new long[symbols];
        Arrays.setAll(prices, symbol -> FIRST_PRICE + 10 * TICK * symbol);
    }

    /** The next bar of a symbol, used again for the one after it. */
    Bar next(int symbol, long startMs) {
        bar.symbolName = "C" + symbol;
        bar.timeframe = TIMEFRAME;
        bar.basis = Basis.TRADE;
        bar.startMs = startMs;
        bar.open = prices[symbol];
        bar.close = Math.max(LEAST_PRICE, bar.open + (random.nextInt(21) - 10L) * TICK);
        prices[symbol] = bar.close;
        bar.high = Math.max(bar.open, bar.close) + TICK;
        bar.low = Math.min(bar.open, bar.close) - TICK;
        long volume = (1L + random.nextInt(1_000_000)) * LOT;
        bar.volume.set(0, volume);
        bar.quoteVolume.clear();
        bar.quoteVolume.addProduct(volume, bar.open);
        bar.buyVolume.set(0, volume / 2);
        bar.count = 1L + random.nextInt(500);
        bar.firstTimeMs = startMs + 17;
        bar.lastTimeMs = bar.endMs() - 23;
        bar.complete = true;
        bar.knownAtNs = (bar.endMs() + 600) * 1_000_000;
        return bar;
    }
}
