package dev.millrace.codec.hyperliquid;

import java.util.Arrays;

/**
 * Names by the place where they stood last. The venue repeats their order, so a name is mostly told by one comparison with
 * the guess instead of a search. Only short names that stood in their frame as plain text are kept: where such bytes
 * and a quote stand again, they are that name. Market thread.
 */
final class GuessedNames {

    /** A name, its closing quote, and what is compared behind them. */
    static final int REACH = 2 * Long.BYTES;

    private long[] head = new long[1024];
    private long[] tail = new long[1024];
    /** Bytes of the name and its quote; 0 where nothing is guessed. */
    private byte[] size = new byte[1024];

    private int[] symbol = new int[1024];

    /** The symbol whose name and closing quote stand here, or −1. */
    int find(int place, byte[] bytes, int from) {
        if (place >= size.length || size[place] == 0) {
            return -1;
        }
        int bits = size[place] * Byte.SIZE;
        long first = EightBytes.at(bytes, from) ^ head[place];
        boolean same = bits <= Long.SIZE
                ? first << (Long.SIZE - bits) == 0
                : first == 0 && (EightBytes.at(bytes, from + Long.BYTES) ^ tail[place]) << (2 * Long.SIZE - bits) == 0;
        return same ? symbol[place] : -1;
    }

    /** Bytes of the guessed name and its quote. */
    int size(int place) {
        return size[place];
    }

    /** Guesses this name from now on; nothing when it is long or was not plain in the frame. */
    void learn(int place, Text name, byte[] frame, int newSymbol) {
        if (place >= size.length) {
            grow(Math.max(place + 1, size.length * 2));
        }
        boolean usable = name.bytes == frame && name.length() < REACH && name.start + REACH <= frame.length;
        size[place] = usable ? (byte) (name.length() + 1) : 0;
        if (usable) {
            head[place] = EightBytes.at(frame, name.start);
            tail[place] = EightBytes.at(frame, name.start + Long.BYTES);
            symbol[place] = newSymbol;
        }
    }

    private void grow(int capacity) {
        head = Arrays.copyOf(head, capacity);
        tail = Arrays.copyOf(tail, capacity);
        size = Arrays.copyOf(size, capacity);
        symbol = Arrays.copyOf(symbol, capacity);
    }
}
