package dev.millrace.quality;

import java.util.OptionalLong;

/** What is left to check a day by. */
public enum Evidence {
    /** The journal still holds the records that the bars were made of, from the first trade on. */
    JOURNAL("journal"),
    /** The journal has been pruned; the rows can be compared with the digest of a certificate, no more. */
    DIGEST_ONLY("digest only"),
    /** There are no bars of our own, only the exchange's candles. */
    CANDLES("candles"),
    /** There is nothing. */
    NONE("none");

    private final String label;

    Evidence(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /**
     * What there is.
     *
     * @param ownRows how many bars of our own there are
     * @param candles how many of the exchange's
     * @param firstTrade record of the journal that brought the first trade; empty where it is not known
     * @param oldest first record that the journal holds; {@link Long#MAX_VALUE} for no journal
     */
    public static Evidence of(long ownRows, long candles, OptionalLong firstTrade, long oldest) {
        if (ownRows > 0) {
            return firstTrade.isPresent() && oldest <= firstTrade.getAsLong() ? JOURNAL : DIGEST_ONLY;
        }
        return candles > 0 ? CANDLES : NONE;
    }
}
