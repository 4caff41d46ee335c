package dev.millrace.simulator;

/**
 * A candle; prices scale 8, volume in the coin's smallest size step.
 *
 * @param startMs first millisecond of the bucket
 * @param endMs first millisecond after it
 */
record Candle(long startMs, long endMs, long open, long high, long low, long close, long volumeSteps, long trades) {

    /** This candle and a later one as one, in this one's bucket. */
    Candle with(Candle later) {
        return new Candle(
                startMs,
                endMs,
                open,
                Math.max(high, later.high),
                Math.min(low, later.low),
                later.close,
                volumeSteps + later.volumeSteps,
                trades + later.trades);
    }

    Candle in(long newStartMs, long newEndMs) {
        return new Candle(newStartMs, newEndMs, open, high, low, close, volumeSteps, trades);
    }
}
