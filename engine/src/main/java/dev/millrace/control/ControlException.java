package dev.millrace.control;

/** A daemon could not be asked, or refused what it was asked; the message is its own. */
public final class ControlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ControlException(String message) {
        super(message);
    }

    ControlException(String message, Throwable cause) {
        super(message, cause);
    }
}
