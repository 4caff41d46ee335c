package dev.millrace.config;

import java.util.Locale;
import java.util.stream.Stream;

/** Why a session began. */
public enum StartReason {
    /** The data directory was new. */
    FIRST,
    /** The session before ended cleanly. */
    CLEAN,
    /** The session before was killed, or the machine went down. */
    UNCLEAN,
    /** A recording is brought in; nothing was captured live. */
    IMPORT,
    /** Another process took over from the running one, whose session ended cleanly. */
    HANDOVER;

    /** The word in the session header. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StartReason of(String label) {
        return Stream.of(values())
                .filter(reason -> reason.label().equals(label))
                .findAny()
                .orElseThrow(() -> new ConfigException(
                        "start-reason",
                        "start-reason = " + label + ": must be first, clean, unclean, import or handover"));
    }
}
