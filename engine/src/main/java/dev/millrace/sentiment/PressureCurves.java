package dev.millrace.sentiment;

/**
 * Environmental pressures over the index: a monotone cubic through 0, the middle of each regime, and 100, so that a limit
 * between two regimes is no step.
 */
public final class PressureCurves {

    private static final double[] CONTRARIAN_BIAS = {.9, .8, .6, .5, .6, .8, .9};
    private static final double[] MOMENTUM_BIAS = {.1, .2, .4, .5, .4, .2, .1};
    private static final double[] VOLATILITY_TOLERANCE = {.8, .7, .5, .5, .5, .3, .2};
    private static final double[] POSITION_SIZING = {.65, .6, .5, .5, .5, .4, .35};
    private static final double[] HOLDING_PERIOD = {.8, .7, .5, .5, .5, .3, .2};

    private final MonotoneCubic contrarianBias;
    private final MonotoneCubic momentumBias;
    private final MonotoneCubic volatilityTolerance;
    private final MonotoneCubic positionSizing;
    private final MonotoneCubic holdingPeriod;

    /** @param regimes whose middles are the inner knots */
    public PressureCurves(Regimes regimes) {
        double[] knots = regimes.knots();
        contrarianBias = new MonotoneCubic(knots, CONTRARIAN_BIAS);
        momentumBias = new MonotoneCubic(knots, MOMENTUM_BIAS);
        volatilityTolerance = new MonotoneCubic(knots, VOLATILITY_TOLERANCE);
        positionSizing = new MonotoneCubic(knots, POSITION_SIZING);
        holdingPeriod = new MonotoneCubic(knots, HOLDING_PERIOD);
    }

    /**
     * The pressures of a value.
     *
     * @param value 0 to 100, whole or not
     */
    public EnvironmentalPressures at(double value) {
        return new EnvironmentalPressures(
                contrarianBias.at(value),
                momentumBias.at(value),
                volatilityTolerance.at(value),
                positionSizing.at(value),
                holdingPeriod.at(value));
    }
}
