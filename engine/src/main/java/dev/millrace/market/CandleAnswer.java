package dev.millrace.market;

import java.util.List;

/**
 * What the exchange answered to a question for candles. Times are the venue's, ms.
 *
 * @param fromMs first millisecond asked for
 * @param toMs end, exclusive
 * @param candles ascending; the last may still be open
 * @param whole whether these are all that came: where some could not be read, a candle that lacks proves nothing
 * @param venueMs when the answer came
 */
public record CandleAnswer(
        String coin,
        CandleInterval interval,
        long fromMs,
        long toMs,
        List<VenueCandle> candles,
        boolean whole,
        long venueMs) {}
