package dev.millrace.market;

import java.util.Objects;

/**
 * What a feed asks the venue for. Equality is by meaning, so an acknowledgement that adds defaults or reorders keys
 * equals the request.
 *
 * @param channel TRADES, L2_BOOK, BBO, ALL_MIDS, CANDLE or ASSET_CONTEXT
 * @param coin wire name, verbatim; empty for ALL_MIDS
 * @param interval candle interval such as {@code 1m}; else empty
 * @param dex builder-deployed exchange of ALL_MIDS; else empty
 * @param fast the fast book; only for L2_BOOK
 */
public record Subscription(Channel channel, String coin, String interval, String dex, boolean fast) {

    public Subscription {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(coin, "coin");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(dex, "dex");
    }

    public static Subscription trades(String coin) {
        return new Subscription(Channel.TRADES, coin, "", "", false);
    }

    public static Subscription book(String coin, boolean fast) {
        return new Subscription(Channel.L2_BOOK, coin, "", "", fast);
    }

    public static Subscription bbo(String coin) {
        return new Subscription(Channel.BBO, coin, "", "", false);
    }

    public static Subscription allMids(String dex) {
        return new Subscription(Channel.ALL_MIDS, "", "", dex, false);
    }

    public static Subscription candle(String coin, String interval) {
        return new Subscription(Channel.CANDLE, coin, interval, "", false);
    }

    public static Subscription assetContext(String coin) {
        return new Subscription(Channel.ASSET_CONTEXT, coin, "", "", false);
    }
}
