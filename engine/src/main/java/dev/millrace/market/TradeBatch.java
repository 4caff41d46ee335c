package dev.millrace.market;

import java.util.Arrays;

/**
 * The accepted elements of one {@code trades} frame, in array order, and what could be read of the refused ones; parallel
 * arrays that grow and are reused.
 */
public final class TradeBatch {

    private static final int NO_COIN = -1;

    public int count;
    public int[] symbol = new int[64];
    /** Exchange time, ms. */
    public long[] timeMs = new long[64];
    /** Trade id, unique only together with symbol and time. */
    public long[] tid = new long[64];
    /** Scale 8. */
    public long[] price = new long[64];
    /** Scale 8, or 4 where {@link #sizeScale} says so. */
    public long[] size = new long[64];
    /** 8, or 4 for a coin whose szDecimals are known to be at most 2. */
    public byte[] sizeScale = new byte[64];
    /** Whether the aggressor bought. */
    public boolean[] buy = new boolean[64];

    public int refusedCount;
    /** Symbol of a refused element; −1 when its coin could not be read or is not known. */
    public int[] refusedSymbol = new int[64];
    /** Exchange time of a refused element, ms; 0 when it could not be read. Nothing says that it is plausible. */
    public long[] refusedTimeMs = new long[64];

    /** Symbol of the element that is being read; −1 while its coin is not read, or is not known. */
    public int reading = NO_COIN;

    public void clear() {
        count = 0;
        refusedCount = 0;
        reading = NO_COIN;
    }

    /** The one coin that elements name, as far as they were read; −1 when none does, or when they name several. */
    int onlyCoin() {
        int only = reading;
        for (int i = 0; i < count + refusedCount; i++) {
            int named = i < count ? symbol[i] : refusedSymbol[i - count];
            if (named != NO_COIN && only != NO_COIN && named != only) {
                return NO_COIN;
            }
            only = named == NO_COIN ? only : named;
        }
        return only;
    }

    /** Notes a refused element. */
    public void addRefused(int ofSymbol, long atTimeMs) {
        if (refusedCount == refusedSymbol.length) {
            refusedSymbol = Arrays.copyOf(refusedSymbol, refusedCount * 2);
            refusedTimeMs = Arrays.copyOf(refusedTimeMs, refusedCount * 2);
        }
        refusedSymbol[refusedCount] = ofSymbol;
        refusedTimeMs[refusedCount++] = atTimeMs;
    }

    /** Appends one trade. */
    public void add(int newSymbol, long newTimeMs, long newTid, long newPrice, long newSize, int scale, boolean isBuy) {
        if (count == symbol.length) {
            grow();
        }
        symbol[count] = newSymbol;
        timeMs[count] = newTimeMs;
        tid[count] = newTid;
        price[count] = newPrice;
        size[count] = newSize;
        sizeScale[count] = (byte) scale;
        buy[count] = isBuy;
        count++;
    }

    /** The greatest exchange time of the accepted ones, ms; Long.MIN_VALUE when there is none. */
    public long maxTimeMs() {
        long max = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, timeMs[i]);
        }
        return max;
    }

    private void grow() {
        int capacity = count * 2;
        symbol = Arrays.copyOf(symbol, capacity);
        timeMs = Arrays.copyOf(timeMs, capacity);
        tid = Arrays.copyOf(tid, capacity);
        price = Arrays.copyOf(price, capacity);
        size = Arrays.copyOf(size, capacity);
        sizeScale = Arrays.copyOf(sizeScale, capacity);
        buy = Arrays.copyOf(buy, capacity);
    }
}
