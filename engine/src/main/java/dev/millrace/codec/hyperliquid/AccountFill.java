package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * A trade of an account, of a {@code userFillsByTime} reply.
 *
 * @param timeMs since 1970
 * @param price above 0
 * @param size in the coin, above 0
 * @param positionBefore in the coin, below zero when short
 * @param direction in the venue's words: {@code Open Long}, {@code Sell}
 * @param closedProfit USD, without the fee
 * @param fee below zero when it was a rebate
 * @param feeToken in which it was paid; empty in replies of 2023
 * @param taker whether it crossed the spread
 * @param hash of the transaction; all its fills have it
 * @param tradeId not in replies of 2023
 */
public record AccountFill(
        long timeMs,
        String coin,
        boolean buy,
        BigDecimal price,
        BigDecimal size,
        BigDecimal positionBefore,
        String direction,
        BigDecimal closedProfit,
        BigDecimal fee,
        String feeToken,
        boolean taker,
        String hash,
        long orderId,
        OptionalLong tradeId) {}
