package dev.millrace.handover;

/** A handover that did not come about; the message says why, and the running daemon goes on as before. */
public final class HandoverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandoverException(String message) {
        super(message);
    }

    public HandoverException(String message, Throwable cause) {
        super(message, cause);
    }
}
