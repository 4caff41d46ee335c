package dev.millrace.quality;

/** What is left to check a day by. */
public enum Evidence {
    /** The journal still holds the records that the bars were made of. */
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
     * @param madeFrom first record of the journal that made one of ours
     * @param oldest first record that the journal holds; {@link Long#MAX_VALUE} for no journal
     */
    public static Evidence of(long ownRows, long candles, long madeFrom, long oldest) {
        if (ownRows > 0) {
            return oldest <= madeFrom ? JOURNAL : DIGEST_ONLY;
        }
        return candles > 0 ? CANDLES : NONE;
    }
}
