package dev.millrace.config;

import java.time.Duration;

/**
 * {@code rest.*}: calls of the venue's REST interface.
 *
 * @param headroom weight of the minute's 1200 that is left for others at the same address
 * @param timeout of a call, its body included
 * @param tries of a call, the first included
 * @param minPause after the first failure worth another try; it doubles, with jitter
 * @param maxPause its cap, and how long a venue that fails is left alone
 * @param accountInfo whether the command line may ask for accounts, by address
 */
public record RestConfig(
        int headroom, Duration timeout, int tries, Duration minPause, Duration maxPause, boolean accountInfo) {

    /** The heaviest call, 5,000 candles or 2,000 fills, must fit into what is left. */
    private static final int MOST_HEADROOM = 1_000;

    public RestConfig {
        Check.range("rest.headroom", headroom, 0, MOST_HEADROOM);
        Check.positive("rest.timeout", timeout);
        Check.range("rest.tries", tries, 1, 10);
        Check.positive("rest.min-pause", minPause);
        Check.that(
                maxPause.compareTo(minPause) > 0,
                "rest.max-pause",
                maxPause,
                "must be longer than rest.min-pause, " + Durations.text(minPause));
    }
}
