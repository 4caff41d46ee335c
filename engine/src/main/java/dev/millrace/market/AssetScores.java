package dev.millrace.market;

/** How good a coin is to record: each from 0 to 1. */
public record AssetScores(double liquidity, double volatility, double composite) {

    /** Of a coin that failed a gate. */
    public static final AssetScores NONE = new AssetScores(0, 0, 0);
}
