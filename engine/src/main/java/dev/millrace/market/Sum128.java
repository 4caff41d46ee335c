package dev.millrace.market;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact signed 128-bit sum, mutable and reused: volumes at scale 8 and quote volumes (price × size) at scale 16. The
 * adding methods allocate nothing. One thread.
 */
public final class Sum128 {

    private long high;
    private long low;

    public void clear() {
        high = 0;
        low = 0;
    }

    public void set(Sum128 other) {
        high = other.high;
        low = other.low;
    }

    /** Sets both halves, two's complement. */
    public void set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public boolean isZero() {
        return (high | low) == 0;
    }

    public void add(long value) {
        add(value >> 63, value);
    }

    public void add(Sum128 other) {
        add(other.high, other.low);
    }

    /** Adds a × b. */
    public void addProduct(long a, long b) {
        add(Math.multiplyHigh(a, b), a * b);
    }

    /** Adds a × b × factor; the factor is not negative. */
    public void addProduct(long a, long b, long factor) {
        long productLow = a * b;
        // The unsigned high half of productLow × factor; Math.unsignedMultiplyHigh came after 17.
        long carry = Math.multiplyHigh(productLow, factor) + (productLow >> 63 & factor);
        add(Math.multiplyHigh(a, b) * factor + carry, productLow * factor);
    }

    private void add(long otherHigh, long otherLow) {
        long sum = low + otherLow;
        high += otherHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
    }

    /** The sum as a decimal of this scale (cold). */
    public BigDecimal decimal(int scale) {
        BigInteger unsigned = BigInteger.valueOf(low);
        if (low < 0) {
            unsigned = unsigned.add(BigInteger.ONE.shiftLeft(64));
        }
        return new BigDecimal(BigInteger.valueOf(high).shiftLeft(64).add(unsigned), scale);
    }

    /** The nearest double of the integer, before any scale; for strategies that want speed over the last digit. */
    public double toDouble() {
        return high * 0x1p64 + ((low >>> 1) * 2.0 + (low & 1));
    }

    @Override
    public String toString() {
        return decimal(0).toString();
    }
}
