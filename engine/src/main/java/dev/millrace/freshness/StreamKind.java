package dev.millrace.freshness;

import dev.millrace.market.BookView;
import dev.millrace.market.Channel;

/** The kinds of stream, by how they can be judged: clocked ones come at a cadence, the others when something happens. */
enum StreamKind {
    TRADES("trades", Channel.TRADES, false),
    SLOW_BOOK("l2Book", Channel.L2_BOOK, true),
    FAST_BOOK("l2Book-fast", Channel.L2_BOOK, true),
    BBO("bbo", Channel.BBO, false),
    CONTEXT("activeAssetCtx", Channel.ASSET_CONTEXT, true),
    /** What the venue answers for a spot coin; a cadence of its own. */
    SPOT_CONTEXT("activeSpotAssetCtx", Channel.ASSET_CONTEXT, true),
    MIDS("allMids", Channel.ALL_MIDS, true),
    CANDLE("candle", Channel.CANDLE, false);

    static final int COUNT = values().length;

    private final String label;
    private final Channel channel;
    private final boolean clocked;

    StreamKind(String label, Channel channel, boolean clocked) {
        this.label = label;
        this.channel = channel;
        this.clocked = clocked;
    }

    String label() {
        return label;
    }

    Channel channel() {
        return channel;
    }

    boolean clocked() {
        return clocked;
    }

    /** Of books and bbo; null for the others. */
    BookView view() {
        return switch (this) {
            case SLOW_BOOK -> BookView.SLOW;
            case FAST_BOOK -> BookView.FAST;
            case BBO -> BookView.BBO;
            default -> null;
        };
    }

    /** Of a subscription; null for what gives no stream. */
    static StreamKind of(Channel channel, boolean fast) {
        return switch (channel) {
            case TRADES -> TRADES;
            case L2_BOOK -> fast ? FAST_BOOK : SLOW_BOOK;
            case BBO -> BBO;
            case ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> CONTEXT;
            case ALL_MIDS -> MIDS;
            case CANDLE -> CANDLE;
            default -> null;
        };
    }
}
