package dev.millrace.sentiment;

import java.util.Locale;

/** What a contrarian does: buys from the fearful, sells to the greedy. */
public enum Signal {
    STRONG_BUY,
    WEAK_BUY,
    HOLD,
    WEAK_SELL,
    STRONG_SELL;

    /** {@code strong_buy} and so on. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
