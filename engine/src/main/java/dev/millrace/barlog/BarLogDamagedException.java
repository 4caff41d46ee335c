package dev.millrace.barlog;

/** What stands in the bar log is not what was written. */
public final class BarLogDamagedException extends BarLogException {

    private static final long serialVersionUID = 1L;

    BarLogDamagedException(String message) {
        super(message);
    }
}
