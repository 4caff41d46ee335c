package dev.millrace.tools;

import java.util.Locale;

/** One line of {@code millrace doctor}. */
record Finding(Level level, String subject, String text) {

    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text);
    }

    static Finding warn(String subject, String text) {
        return new Finding(Level.WARN, subject, text);
    }

    static Finding fail(String subject, String text) {
        return new Finding(Level.FAIL, subject, text);
    }

    String line() {
        return String.format(Locale.ROOT, "%-4s  %-10s  %s", level.name().toLowerCase(Locale.ROOT), subject, text);
    }
}
