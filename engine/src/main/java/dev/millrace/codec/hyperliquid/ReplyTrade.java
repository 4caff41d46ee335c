package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;

/**
 * A trade of {@code recentTrades}.
 *
 * @param buy whether the buyer was the aggressor
 * @param timeMs the venue's, since 1970
 * @param id not unique by itself: the key is (coin, time, id)
 */
public record ReplyTrade(String coin, boolean buy, BigDecimal price, BigDecimal size, long timeMs, long id) {}
