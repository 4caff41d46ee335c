package dev.millrace.journal;

import dev.millrace.market.NanoClock;
import net.openhft.chronicle.core.time.TimeProvider;

/**
 * Tells Chronicle which hour to write to: the local time at the append, never going back.
 *
 * <p>The time of writing, not a record's receive time: an import of an old recording then lands in the current hour
 * instead of creating thousands of old cycles behind the newest one, where no reader would meet it in order of sequence.
 * Never back, because Chronicle follows a clock that steps back into the older file and breaks the order; so after a
 * step the newest file is used until the clock has caught up.
 */
final class RollClock implements TimeProvider {

    private final NanoClock clock;
    private volatile long latestMs;

    RollClock(NanoClock clock) {
        this.clock = clock;
    }

    /** Journaller thread, before each append and once with the start of the newest existing cycle. */
    void advanceTo(long ms) {
        if (ms > latestMs) {
            latestMs = ms;
        }
    }

    void advance() {
        advanceTo(clock.nowNs() / 1_000_000);
    }

    /** Any thread; Chronicle asks within each append. */
    @Override
    public long currentTimeMillis() {
        return latestMs;
    }
}
