package dev.millrace.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A perpetual's hourly funding as a function of seed and hour, a moment after each full hour as at the venue. */
final class FundingPast {

    private static final long HOUR = 3_600_000;
    private static final int JITTER_MS = 200;

    private final long seed;
    private final long fromMs;

    FundingPast(long seed, long fromMs) {
        this.seed = SeededRandom.mix(seed + 4);
        this.fromMs = fromMs;
    }

    /**
     * What was paid.
     *
     * @param rate for the hour, a fraction, with ten decimals
     * @param premium of the mark over the oracle, a fraction
     */
    record Payment(long timeMs, BigDecimal rate, BigDecimal premium) {}

    /** The oldest payments of a stretch of time, both ends included. */
    List<Payment> between(long startMs, long endMs, int most) {
        List<Payment> payments = new ArrayList<>();
        long first = Math.max(startMs, fromMs);
        for (long hour = Math.floorDiv(first, HOUR); hour * HOUR <= endMs && payments.size() < most; hour++) {
            Payment payment = payment(hour);
            if (payment.timeMs() >= first && payment.timeMs() <= endMs) {
                payments.add(payment);
            }
        }
        return payments;
    }

    private Payment payment(long hour) {
        long bits = SeededRandom.mix(seed + hour);
        long time = hour * HOUR + Math.floorMod(bits, JITTER_MS);
        BigDecimal premium = decimals(SeededRandom.mix(bits + 1), 6_000_000);
        boolean usual = (bits >>> 40 & 3) != 0;
        return new Payment(time, usual ? new BigDecimal("0.0000125") : decimals(bits, 400_000), premium);
    }

    /** Ten decimals between ± so many of the last. */
    private static BigDecimal decimals(long bits, long bound) {
        return BigDecimal.valueOf(Math.floorMod(bits, 2 * bound) - bound, 10);
    }
}
