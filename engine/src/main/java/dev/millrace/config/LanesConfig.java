package dev.millrace.config;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code feed.*}: how subscriptions are spread over connections, within the venue's limits.
 *
 * @param maxSubscriptions of one connection; what is asked for beyond it goes over further ones
 * @param redundancy which streams come over two connections
 * @param rollingReconnect every connection is replaced this long after it was opened, without a break; empty for never
 * @param quarantineRetry how long a subscription that closes connections is left alone
 * @param budgetPercent how much of the venue's limits per address this process uses
 */
public record LanesConfig(
        int maxSubscriptions,
        Redundancy redundancy,
        Optional<Duration> rollingReconnect,
        Duration quarantineRetry,
        int budgetPercent) {

    /** Which streams come over two connections. */
    public enum Redundancy {
        /** None. */
        NONE,
        /** Trades. */
        TRADES,
        /** Everything with a time of the exchange: trades first, then bbo, fast books, slow books. */
        ALL
    }

    public LanesConfig {
        Check.range("feed.connection.max-subscriptions", maxSubscriptions, 1, 1_000);
        rollingReconnect.ifPresent(every -> Check.that(
                every.compareTo(Duration.ofSeconds(1)) >= 0,
                "feed.rolling-reconnect",
                every,
                "must be off or at least 1 s"));
        Check.positive("feed.quarantine-retry", quarantineRetry);
        Check.range("feed.budget-percent", budgetPercent, 40, 100);
    }
}
