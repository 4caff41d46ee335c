package dev.millrace.market;

/**
 * What samples of a coin's book come to.
 *
 * @param samples samples with both sides
 * @param spanMs time from the oldest to the newest of them
 * @param spreadBp median of (ask − bid) / mid, in bp; NaN without samples
 * @param depthUsd median of the thinner side's value within 10 bp of the mid; NaN without samples
 * @param depthAtLeast whether a book ended before 10 bp, so that the depth may be more
 */
public record BookMeasures(int samples, long spanMs, double spreadBp, double depthUsd, boolean depthAtLeast) {}
