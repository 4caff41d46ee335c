package dev.millrace.pipeline;

import java.util.Arrays;
import java.util.Random;

/** Draws what the bytes say, so that a fuzzer chooses the dice of a life; behind the last byte it goes on by itself. */
final class FuzzedRandom extends Random {

    private static final long serialVersionUID = 1;

    private final transient byte[] bytes;
    private transient int at;

    FuzzedRandom(byte[] bytes) {
        super(Arrays.hashCode(bytes));
        this.bytes = bytes;
    }

    /** A byte where one is enough, so that a change of a byte changes one decision. */
    @Override
    public int nextInt(int bound) {
        return bound <= 256 && at < bytes.length ? (bytes[at++] & 0xFF) % bound : super.nextInt(bound);
    }

    @Override
    protected int next(int bits) {
        if (bytes == null || at >= bytes.length) {
            return super.next(bits);
        }
        int drawn = 0;
        for (int i = 0; i < bits; i += Byte.SIZE) {
            drawn = (drawn << Byte.SIZE) | (at < bytes.length ? bytes[at++] & 0xFF : 0);
        }
        return bits == Integer.SIZE ? drawn : drawn & ((1 << bits) - 1);
    }
}
