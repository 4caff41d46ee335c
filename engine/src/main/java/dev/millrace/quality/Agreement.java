package dev.millrace.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How a closed 1m bar of ours compares with the exchange's candle: the candle's volume is rounded to the size decimals of the
 * instrument, HALF_EVEN, then everything must be equal. Of several differences the first in this order is named: a bar is
 * missing, count, volume, high or low, open or close.
 */
public enum Agreement {
    EXACT("exact"),
    /** It is equal now, and was not when the exchange was first asked: the venue sends some candles late. */
    SETTLED_LATE("settled late"),
    COUNT("count"),
    VOLUME("volume"),
    HIGH_LOW("high/low"),
    /** All else is equal: several trades of one millisecond, in another order. */
    TIE("open/close tie"),
    MISSING_OURS("missing ours"),
    MISSING_THEIRS("missing theirs");

    private final String label;

    Agreement(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether the bar counts as agreeing. */
    boolean agrees() {
        return this == EXACT || this == SETTLED_LATE;
    }

    /**
     * Compares what is known at one time. No bar, and a bar without trades, are the same on either side.
     *
     * @param ours empty where the minute is known to have had no trade
     * @param theirs empty where the exchange was asked and gave none
     */
    public static Agreement of(Optional<BarValues> ours, Optional<BarValues> theirs, int sizeDecimals) {
        Optional<BarValues> own = ours.filter(bar -> !bar.isEmpty());
        Optional<BarValues> candle = theirs.filter(bar -> !bar.isEmpty());
        if (own.isEmpty()) {
            return candle.isEmpty() ? EXACT : MISSING_OURS;
        }
        return candle.map(values -> of(own.get(), values, sizeDecimals)).orElse(MISSING_THEIRS);
    }

    private static Agreement of(BarValues ours, BarValues theirs, int sizeDecimals) {
        if (ours.tradeCount() != theirs.tradeCount()) {
            return COUNT;
        }
        if (ours.volume() != rounded(theirs.volume(), sizeDecimals)) {
            return VOLUME;
        }
        if (ours.high() != theirs.high() || ours.low() != theirs.low()) {
            return HIGH_LOW;
        }
        return ours.open() == theirs.open() && ours.close() == theirs.close() ? EXACT : TIE;
    }

    /** As {@link #of}, where the exchange had once answered something else. */
    Agreement settledAfter(Agreement first) {
        return this == EXACT && !first.agrees() ? SETTLED_LATE : this;
    }

    private static double rounded(double volume, int decimals) {
        return BigDecimal.valueOf(volume)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
