package dev.millrace.codec.hyperliquid;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A margin account for perpetuals, of a {@code clearinghouseState} reply; values in its collateral, USD at the venue's own
 * exchange, empty where they could not be read.
 *
 * @param timeMs the venue's, since 1970; replies of 2023 have none
 * @param value of the account, unrealised profit included; may be below zero
 * @param notional of all positions, from 0
 * @param marginUsed from 0
 * @param withdrawable from 0
 */
public record PerpAccount(
        OptionalLong timeMs,
        Optional<BigDecimal> value,
        Optional<BigDecimal> notional,
        Optional<BigDecimal> marginUsed,
        Optional<BigDecimal> withdrawable,
        List<Position> positions) {

    /**
     * An open position.
     *
     * @param size in the coin, below zero when short
     * @param notional at the mark price, from 0
     * @param liquidationPrice empty where no price would liquidate it
     * @param leverage from 1
     * @param cross whether all positions share one margin
     */
    public record Position(
            String coin,
            BigDecimal size,
            Optional<BigDecimal> entryPrice,
            BigDecimal notional,
            BigDecimal unrealizedProfit,
            Optional<BigDecimal> liquidationPrice,
            BigDecimal marginUsed,
            int leverage,
            boolean cross) {}
}
