package dev.millrace.sentiment;

/**
 * What a mood makes advisable, each 0 to 1; see {@link PressureCurves}.
 *
 * @param contrarianBias towards trading against the crowd
 * @param momentumBias towards trading with it
 * @param volatilityTolerance of a position
 * @param positionSizing of an entry
 * @param holdingPeriod short to long
 */
public record EnvironmentalPressures(
        double contrarianBias,
        double momentumBias,
        double volatilityTolerance,
        double positionSizing,
        double holdingPeriod) {}
