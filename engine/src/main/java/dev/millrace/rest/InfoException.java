package dev.millrace.rest;

/** A call that gave no usable reply; the message says which call, where, and what came instead. */
public final class InfoException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;

    InfoException(String message, boolean worthRetrying, Throwable cause) {
        super(message, cause);
        this.worthRetrying = worthRetrying;
    }

    /** Whether the same call may succeed a moment later: the venue was busy, faulty, slow or out of reach. */
    boolean worthRetrying() {
        return worthRetrying;
    }
}
