package dev.millrace.simulator;

import java.math.BigDecimal;

/** The day's sums in the context frame: a plausible start plus every trade since. */
final class DaySums {
    private static final double DAY_NOTIONAL = 4e7;

    private BigDecimal notional;
    private BigDecimal base;
    private final BigDecimal openInterest;

    DaySums(SimulatedCoin coin, SeededRandom random) {
        double blocks = 300.0 / coin.blockMs();
        double units = DAY_NOTIONAL * blocks * blocks * (1 + random.unit()) / (coin.startPrice() / 1e8);
        long steps = (long) (units * 1e8) / coin.sizeStep();
        BigDecimal step = BigDecimal.valueOf(coin.sizeStep(), 8);
        base = step.multiply(BigDecimal.valueOf(steps));
        notional = base.multiply(BigDecimal.valueOf(coin.startPrice(), 8));
        openInterest = step.multiply(BigDecimal.valueOf(steps / 2));
    }

    void onTrade(SimulatedTrade trade) {
        BigDecimal size = BigDecimal.valueOf(trade.size(), 8);
        base = base.add(size);
        notional = notional.add(size.multiply(BigDecimal.valueOf(trade.price(), 8)));
    }

    /** Quote volume. */
    BigDecimal notional() {
        return notional;
    }

    /** Volume in the coin. */
    BigDecimal base() {
        return base;
    }

    BigDecimal openInterest() {
        return openInterest;
    }
}
