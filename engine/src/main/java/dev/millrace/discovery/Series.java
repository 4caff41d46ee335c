package dev.millrace.discovery;

import dev.millrace.market.CandleInterval;
import java.util.Optional;

/**
 * What is collected: the candles of a coin and interval, or its funding.
 *
 * @param interval empty for funding
 */
public record Series(String coin, Optional<CandleInterval> interval) {

    public static Series candles(String coin, CandleInterval interval) {
        return new Series(coin, Optional.of(interval));
    }

    public static Series funding(String coin) {
        return new Series(coin, Optional.empty());
    }

    /** Whether it is a perpetual: spot pairs ({@code @107}, {@code PURR/USDC}) and outcomes ({@code #1040}) pay none. */
    public static boolean paysFunding(String coin) {
        return !coin.startsWith("@") && !coin.startsWith("#") && !coin.contains("/");
    }

    /** How tables and people name it: the interval, or {@code funding}. */
    public String kind() {
        return interval.map(CandleInterval::label).orElse("funding");
    }

    @Override
    public String toString() {
        return coin + " " + kind();
    }
}
