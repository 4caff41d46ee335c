package dev.millrace.market;

import java.math.BigDecimal;

/** The fixed-point scales of the engine and their decimal text (cold; hot code works on the longs). */
public final class Decimals {

    /** Digits after the point of every price and size held in a long. */
    public static final int SCALE = 8;
    /** 1.0 at {@link #SCALE}. */
    public static final long ONE = 100_000_000L;
    /** "No price" in a long, for example of an empty bar. */
    public static final long NULL_PRICE = Long.MIN_VALUE;

    /** Integers up to here are doubles. */
    private static final long EXACT_DOUBLE = 1L << 53;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16
    };

    private Decimals() {}

    /** The double nearest to the value of a long of this scale, 0 to 16. */
    public static double nearest(long value, int scale) {
        boolean exact = value > -EXACT_DOUBLE && value < EXACT_DOUBLE;
        // A quotient of two doubles is rounded once, and both are exact.
        return exact ? value / POWERS[scale] : BigDecimal.valueOf(value, scale).doubleValue();
    }

    /** The decimal value of a long of scale 8. */
    public static BigDecimal decimal(long value) {
        return BigDecimal.valueOf(value, SCALE);
    }

    /** Plain decimal text without trailing zeros: 105055, 0.00011. */
    public static String text(long value) {
        return text(decimal(value));
    }

    /** Plain decimal text without trailing zeros. */
    public static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /**
     * The exact long of scale 8.
     *
     * @throws ArithmeticException when it has more than 8 decimals or does not fit
     */
    public static long parse(String text) {
        return new BigDecimal(text).setScale(SCALE).unscaledValue().longValueExact();
    }
}
