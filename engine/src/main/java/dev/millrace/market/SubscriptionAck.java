package dev.millrace.market;

/** An acknowledgement of the venue, by meaning: it may repeat the request with other key order and added defaults. */
public final class SubscriptionAck {

    /** False when it could not be understood. */
    public boolean valid;
    /** True for subscribe, false for unsubscribe. */
    public boolean subscribe;
    /** The subscription's type: TRADES, L2_BOOK, BBO, ALL_MIDS, CANDLE, ASSET_CONTEXT or UNKNOWN. */
    public Channel channel = Channel.UNKNOWN;
    /** Symbol id; −1 for a subscription without a coin. */
    public int symbol = -1;
    /** The fast book. */
    public boolean fast;
    /** Interval of a candle subscription, one shared instance each; else empty. */
    public String interval = "";
    /** Builder-deployed exchange of an allMids subscription, one shared instance each; else empty. */
    public String dex = "";

    public void clear() {
        valid = false;
        subscribe = false;
        channel = Channel.UNKNOWN;
        symbol = -1;
        fast = false;
        interval = "";
        dex = "";
    }
}
