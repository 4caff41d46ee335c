package dev.millrace.market;

import java.math.BigDecimal;

/**
 * An exact decimal of up to 38 digits, mutable and reused: for the venue's aggregates (day volumes, supplies), which do
 * not fit a long. Filled without allocation, read cold.
 */
public final class WideDecimal {

    private static final double TWO_TO_64 = 0x1p64;

    private final Sum128 unscaled = new Sum128();
    private int scale;
    private boolean present;

    /** Marks the field as null or absent. */
    public void clear() {
        present = false;
    }

    /** Takes the unscaled value (two's complement halves) and the number of decimals. */
    public void set(long high, long low, int decimals) {
        unscaled.set(high, low);
        scale = decimals;
        present = true;
    }

    /** False for a null or absent field. */
    public boolean isPresent() {
        return present;
    }

    /** The value to about 15 digits, without allocation; NaN when not present. */
    public double approximate() {
        if (!present) {
            return Double.NaN;
        }
        double low = (unscaled.low() >>> 1) * 2.0 + (unscaled.low() & 1);
        return (unscaled.high() * TWO_TO_64 + low) / Math.pow(10, scale);
    }

    /** The exact value; null when not present. */
    public BigDecimal decimal() {
        return present ? unscaled.decimal(scale) : null;
    }
}
