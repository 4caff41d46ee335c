package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;
import java.util.List;

/**
 * A book of at most 20 levels a side, best first; both empty for a delisted coin.
 *
 * @param timeMs the venue's, since 1970
 */
public record ReplyBook(String coin, long timeMs, List<Level> bids, List<Level> asks) {

    /**
     * All orders of one price.
     *
     * @param size in the coin
     * @param orders how many orders make it
     */
    public record Level(BigDecimal price, BigDecimal size, long orders) {}
}
