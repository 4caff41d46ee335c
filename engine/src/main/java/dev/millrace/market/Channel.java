package dev.millrace.market;

/** The kinds of frame a venue sends, by meaning; {@link #wireName} is Hyperliquid's word for it. */
public enum Channel {
    TRADES("trades"),
    L2_BOOK("l2Book"),
    BBO("bbo"),
    ALL_MIDS("allMids"),
    CANDLE("candle"),
    ASSET_CONTEXT("activeAssetCtx"),
    /** Answer to an {@code activeAssetCtx} subscription of a spot coin. */
    SPOT_ASSET_CONTEXT("activeSpotAssetCtx"),
    ACK("subscriptionResponse"),
    PONG("pong"),
    ERROR("error"),
    /** A channel this version does not decode; counted and kept. */
    UNKNOWN(""),
    /** Not a JSON object with a channel: plain text, binary, truncated. */
    NOT_A_MESSAGE("");

    private final String wireName;

    Channel(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
