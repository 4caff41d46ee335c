package dev.millrace.quality;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the tables hold of one symbol and day.
 *
 * @param expected the part of the day that has passed and in which the symbol was listed, whole minutes
 * @param over whether the day has ended and its bars no longer change
 * @param own bars of trades, of all timeframes, ascending
 * @param candles the exchange's, of all intervals, ascending; the newest answer of each
 * @param earlierCandles 1m candles that a later answer replaced
 * @param gaps in the stream of trades, whether candles fill them or not
 * @param cleared gaps in which nothing was lost after all
 * @param reads what the exchange was asked of 1m candles
 * @param sizeDecimals of the instrument; 8 where unknown
 */
public record DayRows(
        Stretch expected,
        boolean over,
        List<DayBar> own,
        List<DayBar> candles,
        List<DayBar> earlierCandles,
        List<Stretch> gaps,
        List<Stretch> cleared,
        List<Stretch> reads,
        int sizeDecimals) {

    Stream<DayBar> own(String timeframe) {
        return own.stream().filter(bar -> bar.timeframe().equals(timeframe));
    }

    Stream<DayBar> candles(String timeframe) {
        return candles.stream().filter(bar -> bar.timeframe().equals(timeframe));
    }
}
