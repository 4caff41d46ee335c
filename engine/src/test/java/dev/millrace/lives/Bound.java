package dev.millrace.lives;

import java.time.Duration;

/** How long it may take until everything is live again after the last fault: the sum of the limits on the way. */
final class Bound {

    private final Settings settings;

    Bound(Settings settings) {
        this.settings = settings;
    }

    long ms() {
        Duration once = settings.feed
                .silenceLimit()
                .plus(settings.feed.connectTimeout())
                .plus(settings.feed.reconnectMaxDelay().multipliedBy(2))
                .plus(settings.feed.ackTimeout().multipliedBy(3))
                .plus(settings.freshness.grace().multipliedBy(2))
                .plus(settings.freshness.maxCadence().multipliedBy(2))
                .plus(settings.freshness.maxRetry().multipliedBy(2))
                .plus(settings.freshness.probeInterval().multipliedBy(2));
        return once.toMillis();
    }
}
