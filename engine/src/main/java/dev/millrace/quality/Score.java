package dev.millrace.quality;

/**
 * The quality Q = coverage · exp(−bad / .01) · aligned · agreed of a (symbol, timeframe, day), and its factors, each 0 to 1.
 * Source: Millrace's own definition.
 *
 * <ul>
 *   <li>coverage = 1 − (gap seconds + .1 × candle-filled seconds) / expected seconds; 0 where nothing is expected
 *   <li>bad = share of rows that break OHLC or range rules; 0 of no rows
 *   <li>aligned = share of coarser buckets equal to the roll-up of the finer; 1 of none
 *   <li>agreed = share of compared 1m bars that agree with the exchange; 1 of none
 * </ul>
 */
public record Score(double coverage, double bad, double aligned, double agreed) {

    /** What a second that a candle fills lacks of one that was seen. */
    private static final double CANDLE_LOSS = .1;

    private static final double BAD_SCALE = .01;

    public static Score of(Measures of) {
        double lost = of.gapSeconds() + CANDLE_LOSS * of.candleSeconds();
        double coverage = of.expectedSeconds() > 0 ? Math.max(0, 1 - lost / of.expectedSeconds()) : 0;
        return new Score(
                coverage,
                share(of.badRows(), of.rows(), 0),
                share(of.alignedBuckets(), of.buckets(), 1),
                share(of.agreed(), of.compared(), 1));
    }

    private static double share(long some, long all, double ofNone) {
        return all == 0 ? ofNone : (double) some / all;
    }

    /** Q, 0 to 1. */
    public double q() {
        return coverage * Math.exp(-bad / BAD_SCALE) * aligned * agreed;
    }
}
