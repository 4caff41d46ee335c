package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;

/**
 * A resting order, of an {@code openOrders} reply.
 *
 * @param price its limit, above 0
 * @param size what is left of it, in the coin, from 0
 * @param timeMs when it was placed, since 1970
 */
public record OpenOrder(String coin, boolean buy, BigDecimal price, BigDecimal size, long orderId, long timeMs) {}
