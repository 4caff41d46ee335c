package dev.millrace.store;

import dev.millrace.market.CandleInterval;
import dev.millrace.market.Timeframe;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which bars.
 *
 * @param symbol as the venue names it
 * @param timeframe a {@link Timeframe} or, of the exchange's candles, a {@link CandleInterval}: a week begins on Monday
 * @param basis {@code trade} or {@code mid}
 * @param from earliest start of a bucket; empty for the first there is
 * @param to starts before this; empty for all there are
 */
public record BarsAsked(String symbol, String timeframe, String basis, Optional<Instant> from, Optional<Instant> to) {

    public BarsAsked {
        requireTimeframe(timeframe);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new RefusedException("nothing is from " + from.get() + " until before " + to.get()
                    + "; the end must lie behind the beginning");
        }
    }

    private static void requireTimeframe(String text) {
        boolean ofTheVenue = Arrays.stream(CandleInterval.values())
                .anyMatch(interval -> interval.label().equals(text));
        if (!ofTheVenue) {
            try {
                Timeframe.parse(text);
            } catch (IllegalArgumentException e) {
                throw new RefusedException(e.getMessage() + ", or 1w or 1M");
            }
        }
    }
}
