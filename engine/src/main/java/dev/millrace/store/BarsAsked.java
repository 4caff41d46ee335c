package dev.millrace.store;

import dev.millrace.market.Timeframe;
import java.time.Instant;
import java.util.Optional;

/**
 * Which bars.
 *
 * @param symbol as the venue names it
 * @param basis {@code trade} or {@code mid}
 * @param from earliest start of a bucket; empty for the first there is
 * @param to starts before this; empty for all there are
 */
public record BarsAsked(
        String symbol, Timeframe timeframe, String basis, Optional<Instant> from, Optional<Instant> to) {

    public BarsAsked {
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new RefusedException("nothing is from " + from.get() + " until before " + to.get()
                    + "; the end must lie behind the beginning");
        }
    }
}
