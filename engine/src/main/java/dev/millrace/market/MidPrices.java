package dev.millrace.market;

import java.util.Arrays;

/** The accepted entries of one {@code allMids} frame; they carry no exchange time. */
public final class MidPrices {

    /** The exchange whose mids these are, as subscribed; empty for the venue's own, null when it could not be read. */
    public String dex = "";

    public int count;
    public int[] symbol = new int[1024];
    /** Scale 8. */
    public long[] price = new long[1024];

    public void clear() {
        dex = "";
        count = 0;
    }

    public void add(int newSymbol, long newPrice) {
        if (count == symbol.length) {
            symbol = Arrays.copyOf(symbol, count * 2);
            price = Arrays.copyOf(price, count * 2);
        }
        symbol[count] = newSymbol;
        price[count] = newPrice;
        count++;
    }
}
