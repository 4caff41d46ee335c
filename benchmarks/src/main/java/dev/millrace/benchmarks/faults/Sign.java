package dev.millrace.benchmarks.faults;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the daemon shows that it noticed something.
 *
 * @param place where it shows
 * @param words found in a line there; of a gap its cause, of a counter its name in {@code /metrics}
 */
record Sign(Place place, Pattern words) {

    /** Where a sign is looked for. */
    enum Place {
        /** A line of the log. */
        LOG,
        /** A problem or a warning of {@code /health}. */
        HEALTH,
        /** A gap record. */
        GAP,
        /** A counter that rises. */
        COUNTER
    }

    static Sign log(String words) {
        return new Sign(Place.LOG, Pattern.compile(words));
    }

    static Sign health(String words) {
        return new Sign(Place.HEALTH, Pattern.compile(words));
    }

    static Sign gap(String cause) {
        return new Sign(Place.GAP, Pattern.compile(cause));
    }

    static Sign counter(String name) {
        return new Sign(Place.COUNTER, Pattern.compile(name));
    }

    boolean isIn(String text) {
        return words.matcher(text).find();
    }

    String label() {
        return switch (place) {
            case LOG -> "log";
            case HEALTH -> "health";
            case GAP -> "gap `" + words + '`';
            case COUNTER -> '`' + words.pattern().replace("millrace_", "").replace("_total", "") + '`';
        };
    }

    @Override
    public String toString() {
        return place.name().toLowerCase(Locale.ROOT) + " /" + words + '/';
    }
}
