package dev.millrace.discovery;

/** The venue gave no usable answer; the message says to what, and what came instead. */
public final class PageException extends Exception {

    private static final long serialVersionUID = 1L;

    public PageException(String message, Throwable cause) {
        super(message, cause);
    }
}
