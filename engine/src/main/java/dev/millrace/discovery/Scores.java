package dev.millrace.discovery;

import dev.millrace.config.Limits;
import dev.millrace.config.ScoreConfig;
import dev.millrace.market.AssetMeasures;
import dev.millrace.market.AssetScores;
import dev.millrace.market.BookMeasures;

/**
 * How good an eligible coin is to record, continuous in each of its measures.
 *
 * <pre>
 * liquidity  = L(volume)^.35 · L(depth)^.30 · (1 − L(spread))^.20 · L(open interest)^.15     one zero is zero
 * volatility = min(ln(σ/lo), ln(hi/σ)) / ln 4, within 0 and 1      1 from 4·lo to hi/4: 3 % to 6 % a day
 * composite  = liquidity^.6 · volatility^.4
 * </pre>
 */
final class Scores {

    private static final double PLATEAU = Math.log(4);

    private final ScoreConfig limits;

    Scores(ScoreConfig limits) {
        this.limits = limits;
    }

    AssetScores of(AssetMeasures measures) {
        double liquidity = liquidity(measures);
        double volatility = volatility(measures.days().deviation());
        return new AssetScores(liquidity, volatility, Math.pow(liquidity, .6) * Math.pow(volatility, .4));
    }

    double liquidity(AssetMeasures measures) {
        BookMeasures book = measures.book();
        // Below its lower limit L is 0 for an unknown spread too, which would be the best one.
        double tightness = Double.isNaN(book.spreadBp()) ? 0 : 1 - Scale.of(book.spreadBp(), limits.spread());
        return Math.pow(Scale.of(measures.days().volumeUsd(), limits.volume()), .35)
                * Math.pow(Scale.of(book.depthUsd(), limits.depth()), .30)
                * Math.pow(tightness, .20)
                * Math.pow(Scale.of(measures.openInterestUsd(), limits.openInterest()), .15);
    }

    /** 0 for a coin that does not move, or of which too little is known. */
    double volatility(double deviation) {
        Limits range = limits.volatility();
        if (!(deviation > 0)) {
            return 0;
        }
        double rising = Math.log(deviation / range.low());
        double falling = Math.log(range.high() / deviation);
        return Scale.unit(Math.min(rising, falling) / PLATEAU);
    }
}
