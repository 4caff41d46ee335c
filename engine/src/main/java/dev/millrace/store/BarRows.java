package dev.millrace.store;

import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.Decimals;
import dev.millrace.market.Sum128;
import java.math.MathContext;

/** A bar as a row: the numbers nearest to its exact values, and whether they keep the range rules. */
final class BarRows {

    /** Made from our own ticks. */
    static final String OWN = "own";

    /** A candle of the venue's history. */
    static final String EXCHANGE = "exchange";

    private static final int VOLUME_SCALE = 8;
    private static final int QUOTE_SCALE = 16;

    private BarRows() {}

    /**
     * Adds the bar.
     *
     * @return false, and nothing is added, when it breaks low ≤ open, close, vwap ≤ high, or a sum is negative
     */
    static boolean add(Bar bar, long sequence, RowBuffer rows) {
        double vwap = vwap(bar);
        if (!isInRange(bar, vwap)) {
            return false;
        }
        rows.text(bar.symbolName)
                .text(bar.timeframe.label())
                .text(bar.basis.label())
                .text(OWN)
                .time(bar.startMs);
        price(bar.open, rows);
        price(bar.high, rows);
        price(bar.low, rows);
        price(bar.close, rows);
        if (bar.basis == Basis.TRADE) {
            rows.number(nearest(bar.volume, VOLUME_SCALE)).number(nearest(bar.quoteVolume, QUOTE_SCALE));
            optional(vwap, rows).number(nearest(bar.buyVolume, VOLUME_SCALE));
            rows.whole(bar.count).none();
        } else {
            rows.none().none().none().none().none().whole(bar.count);
        }
        if (bar.isEmpty()) {
            rows.none().none();
        } else {
            rows.time(bar.firstTimeMs).time(bar.lastTimeMs);
        }
        rows.flag(bar.complete)
                .flag(false)
                .whole(bar.revision)
                .timeOfNs(bar.knownAtNs)
                .whole(sequence)
                .end();
        return true;
    }

    private static void price(long price, RowBuffer rows) {
        if (price == Decimals.NULL_PRICE) {
            rows.none();
        } else {
            rows.number(Decimals.nearest(price, Decimals.SCALE));
        }
    }

    private static RowBuffer optional(double value, RowBuffer rows) {
        return Double.isNaN(value) ? rows.none() : rows.number(value);
    }

    private static double nearest(Sum128 sum, int scale) {
        return sum.high() == 0 && sum.low() >= 0
                ? Decimals.nearest(sum.low(), scale)
                : sum.decimal(scale).doubleValue();
    }

    /** The double nearest to quote ÷ volume, NaN without volume; 34 digits between keep it from leaving [low, high]. */
    private static double vwap(Bar bar) {
        return bar.basis == Basis.MID || bar.volume.isZero()
                ? Double.NaN
                : bar.quoteVolume
                        .decimal(QUOTE_SCALE)
                        .divide(bar.volume.decimal(VOLUME_SCALE), MathContext.DECIMAL128)
                        .doubleValue();
    }

    private static boolean isInRange(Bar bar, double vwap) {
        if (bar.volume.high() < 0 || bar.quoteVolume.high() < 0 || bar.buyVolume.high() < 0 || bar.count < 0) {
            return false;
        }
        if (bar.open == Decimals.NULL_PRICE) {
            return bar.isEmpty();
        }
        boolean prices = bar.low > 0 && isWithin(bar, bar.open) && isWithin(bar, bar.close);
        return prices
                && (Double.isNaN(vwap)
                        || (vwap >= Decimals.nearest(bar.low, Decimals.SCALE)
                                && vwap <= Decimals.nearest(bar.high, Decimals.SCALE)));
    }

    private static boolean isWithin(Bar bar, long price) {
        return bar.low <= price && price <= bar.high;
    }
}
