package dev.millrace.market;

/** Exact products and quotients of 64-bit values, without allocation; see {@link Sum128} for sums. */
final class Fraction {

    private Fraction() {}

    /**
     * base + factor × part ÷ whole, rounded once, HALF_EVEN. None is negative, part is at most whole; whole is unsigned and
     * not zero.
     */
    static long addHalfEven(long base, long factor, long part, long whole) {
        long rest = Math.multiplyHigh(factor, part);
        long quotient = factor * part;
        for (int bit = 0; bit < Long.SIZE; bit++) { // rest < whole throughout: long division, a bit at a time
            boolean carry = rest < 0;
            rest = (rest << 1) | (quotient >>> 63);
            quotient <<= 1;
            if (carry || Long.compareUnsigned(rest, whole) >= 0) {
                rest -= whole;
                quotient |= 1;
            }
        }
        long floor = base + quotient;
        int half = Long.compareUnsigned(rest, whole - rest);
        return half > 0 || (half == 0 && (floor & 1) == 1) ? floor + 1 : floor;
    }
}
