package dev.millrace.config;

import java.time.Duration;

/**
 * {@code universe.gates.*}: what a coin must show before it is ranked at all. Gates that are the zero of a score are
 * in {@link ScoreConfig}.
 *
 * @param allowIsolated whether a coin that can be traded with isolated margin only may pass
 * @param minLeverage least of the greatest leverage that the venue gives
 * @param candleDays closed days looked at
 * @param minCandles closed daily candles among them, at least
 * @param minReturns returns from one day to the next, at least, for a deviation and for a correlation
 * @param samples book samples looked at, the newest
 * @param minSamples book samples among them with both sides, at least
 * @param minSampleSpan time between the oldest and the newest of them, at least
 */
public record GateConfig(
        boolean allowIsolated,
        int minLeverage,
        int candleDays,
        int minCandles,
        int minReturns,
        int samples,
        int minSamples,
        Duration minSampleSpan) {

    public GateConfig {
        Check.range("universe.gates.min-leverage", minLeverage, 0, 1000);
        Check.range("universe.gates.candle-days", candleDays, 8, 365);
        Check.range("universe.gates.min-candles", minCandles, 1, candleDays);
        Check.range("universe.gates.min-returns", minReturns, 2, candleDays - 1L);
        Check.range("universe.gates.samples", samples, 1, 1000);
        Check.range("universe.gates.min-samples", minSamples, 1, samples);
        Check.notNegative("universe.gates.min-sample-span", minSampleSpan);
    }
}
