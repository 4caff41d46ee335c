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

    private Decimals() {}

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
