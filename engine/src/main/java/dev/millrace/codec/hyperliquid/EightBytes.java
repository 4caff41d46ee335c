package dev.millrace.codec.hyperliquid;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a frame at once, as a long whose lowest byte is the first: what follows tells digits apart and turns up to
 * eight of them into their number without a loop or a branch.
 */
final class EightBytes {

    static final long ONES = 0x0101_0101_0101_0101L;
    static final long HIGH_BITS = ONES << 7;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = ONES * '0';
    /** Takes a byte above 9, and no other below 128, to its high bit. */
    private static final long ABOVE_NINE = ONES * (0x7F - 9);

    private static final long EVERY_FOURTH = 0x0000_00FF_0000_00FFL;
    private static final long HUNDRED_AND_MILLION = 100 + (1_000_000L << 32);
    private static final long ONE_AND_TEN_THOUSAND = 1 + (10_000L << 32);

    private EightBytes() {}

    static long at(byte[] bytes, int index) {
        return (long) WORD.get(bytes, index);
    }

    /** Eight bytes in which digits are 0 to 9, and only they. */
    static long digitsAt(byte[] bytes, int index) {
        return at(bytes, index) ^ ZEROS;
    }

    /** How many digits stand before the first other byte, 0 to 8, in what {@link #digitsAt} gives. */
    static int digitCount(long digits) {
        // A carry disturbs only bytes above the first that is no digit, and the lowest counts.
        long others = (digits | (digits + ABOVE_NINE)) & HIGH_BITS;
        return Long.numberOfTrailingZeros(others) / Byte.SIZE;
    }

    /** The number of the first 1 to 8 digits. */
    static long number(long digits, int count) {
        long aligned = digits << (Long.SIZE - Byte.SIZE * count);
        long pairs = aligned * 10 + (aligned >>> 8);
        return ((pairs & EVERY_FOURTH) * HUNDRED_AND_MILLION + (pairs >>> 16 & EVERY_FOURTH) * ONE_AND_TEN_THOUSAND)
                >>> 32;
    }
}
