package dev.millrace.simulator;

import java.util.stream.IntStream;

/**
 * Which frames a stream at RATE or MAX pace is made of, as weights; only what a client subscribed to is sent, so the
 * shares follow from the weights of the subscribed channels.
 *
 * @param trades blocks of 1 to 12 trades
 * @param slowBooks books of 20 levels
 * @param fastBooks books of 5 levels
 * @param mids allMids
 * @param bbo best bid and offer
 * @param candles candles, spread over the intervals
 * @param contexts asset contexts
 */
public record Mix(int trades, int slowBooks, int fastBooks, int mids, int bbo, int candles, int contexts) {

    public Mix {
        IntStream weights = IntStream.of(trades, slowBooks, fastBooks, mids, bbo, candles, contexts);
        if (weights.anyMatch(weight -> weight < 0)
                || trades + slowBooks + fastBooks + mids + bbo + candles + contexts == 0) {
            throw new IllegalArgumentException("a mix needs weights of 0 and more, and one above 0");
        }
    }

    /** With trades, slow books and mids subscribed: 70 % trades, 29 % books, 1 % mids, about 915 bytes on average. */
    public static Mix standard() {
        return new Mix(70, 29, 29, 1, 40, 7, 7);
    }

    int[] weights() {
        return new int[] {trades, slowBooks, fastBooks, mids, bbo, candles, contexts};
    }
}
