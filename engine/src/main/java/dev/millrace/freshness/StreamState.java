package dev.millrace.freshness;

import java.util.Locale;

/** How a subscription on one connection stands, from its acknowledgement until it or its connection ends. */
public enum StreamState {
    /** Acknowledged; nothing has come yet. */
    PENDING,
    /** Gives what it should. */
    LIVE,
    /** Silent, and no other stream can show whether it should be: it is probed. */
    UNWITNESSED,
    /** It comes, but much slower than it did, or again after a silence with a part missing. */
    SLOW,
    /** It should have given something and did not. */
    MUTE;

    /** Quiet coins go between these all the time, which is no news. */
    boolean isQuiet() {
        return this == LIVE || this == UNWITNESSED;
    }

    /** It does not give what it should. */
    boolean isIll() {
        return this == MUTE || this == SLOW;
    }

    /** As people read it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
