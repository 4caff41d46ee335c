package dev.millrace.config;

import java.util.Locale;

/** What a process does in its data directory; {@code roles} names those of one process. */
public enum Role {
    /** Records the exchange: feed, journal, market, strategies. */
    CAPTURE,
    /** Follows the journal into the tables and the lake. */
    STORE;

    /** As configured, and as the lock and the snapshots are named. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
