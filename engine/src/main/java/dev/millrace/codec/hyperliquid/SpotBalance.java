package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;

/**
 * What an account holds of a token, of a {@code spotClearinghouseState} reply.
 *
 * @param coin the token's name, not that of a pair
 * @param token its index
 * @param total below zero when borrowed
 * @param hold of it in open orders, from 0
 * @param entryNotional what it was bought for, USD
 */
public record SpotBalance(String coin, int token, BigDecimal total, BigDecimal hold, BigDecimal entryNotional) {}
