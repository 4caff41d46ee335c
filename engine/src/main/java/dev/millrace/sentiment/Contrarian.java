package dev.millrace.sentiment;

/**
 * What a contrarian makes of a value.
 *
 * @param signal of the value's regime
 * @param direction (50 − value) / 50: from 1, buy, at extreme fear to −1, sell, at extreme greed
 */
public record Contrarian(Signal signal, double direction) {

    private static final double NEUTRAL = 50;

    /**
     * Of a value.
     *
     * @param value 0 to 100
     */
    public static Contrarian of(int value, Regimes regimes) {
        return new Contrarian(regimes.of(value).signal(), (NEUTRAL - value) / NEUTRAL);
    }

    /** How far from neutral, 0 to 1. */
    public double strength() {
        return Math.abs(direction);
    }
}
