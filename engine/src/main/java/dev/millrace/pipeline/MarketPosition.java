package dev.millrace.pipeline;

import java.util.List;

/**
 * How far a market has come: what the journal held when it was asked, applied.
 *
 * @param sequence of the last record applied
 * @param receiveNs its receive time, ns since 1970
 * @param coins those of which anything was seen
 */
public record MarketPosition(long sequence, long receiveNs, List<Coin> coins) {

    /** No such time: nothing was seen. */
    public static final long NONE = Long.MIN_VALUE;

    /**
     * One coin; times are exchange times in ms, or {@link #NONE}.
     *
     * @param name wire name
     * @param live whether its trades come now, on a connection whose snapshot was applied
     * @param newestTradeMs the newest trade accepted
     * @param floorMs no trade at or before this is held to recognise it again
     * @param slowBookMs the book held
     * @param fastBookMs the fast book held
     * @param bboMs the best prices held
     */
    public record Coin(
            String name, boolean live, long newestTradeMs, long floorMs, long slowBookMs, long fastBookMs, long bboMs) {

        /** Of which nothing was seen. */
        public static Coin unseen(String name) {
            return new Coin(name, false, NONE, NONE, NONE, NONE, NONE);
        }
    }
}
