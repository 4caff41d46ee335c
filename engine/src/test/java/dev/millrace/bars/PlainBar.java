package dev.millrace.bars;

import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.Decimals;
import dev.millrace.market.Timeframe;
import java.math.BigDecimal;
import java.util.Comparator;

/** A bar's values but for its revision, as exact decimals; null prices where it has none. */
record PlainBar(
        Key key,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal quoteVolume,
        BigDecimal buyVolume,
        long count,
        long firstTimeMs,
        long lastTimeMs,
        boolean complete) {

    /** Which bar it is; ordered as bars are emitted. */
    record Key(int symbol, Timeframe timeframe, Basis basis, long startMs) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparingLong(Key::endMs)
                .thenComparing(Key::timeframe)
                .thenComparing(Key::basis)
                .thenComparingInt(Key::symbol);

        /** The order in which bars are listed. */
        static final Comparator<Key> BY_SERIES = Comparator.comparingInt(Key::symbol)
                .thenComparing(Key::timeframe)
                .thenComparing(Key::basis)
                .thenComparingLong(Key::startMs);

        static Key of(Bar bar) {
            return new Key(bar.symbol, bar.timeframe, bar.basis, bar.startMs);
        }

        long endMs() {
            return startMs + timeframe.millis();
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    static PlainBar of(Bar bar) {
        return new PlainBar(
                Key.of(bar),
                price(bar.open),
                price(bar.high),
                price(bar.low),
                price(bar.close),
                bar.volume.decimal(8),
                bar.quoteVolume.decimal(16),
                bar.buyVolume.decimal(8),
                bar.count,
                bar.firstTimeMs,
                bar.lastTimeMs,
                bar.complete);
    }

    private static BigDecimal price(long price) {
        return price == Decimals.NULL_PRICE ? null : Decimals.decimal(price);
    }
}
