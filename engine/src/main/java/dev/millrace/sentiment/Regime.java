package dev.millrace.sentiment;

import java.util.Locale;

/** The mood of a value, by {@link Regimes}; the source's own words may differ at the limits. */
public enum Regime {
    EXTREME_FEAR(Signal.STRONG_BUY),
    FEAR(Signal.WEAK_BUY),
    NEUTRAL(Signal.HOLD),
    GREED(Signal.WEAK_SELL),
    EXTREME_GREED(Signal.STRONG_SELL);

    private final Signal signal;

    Regime(Signal signal) {
        this.signal = signal;
    }

    public Signal signal() {
        return signal;
    }

    /** {@code extreme_fear} and so on. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
