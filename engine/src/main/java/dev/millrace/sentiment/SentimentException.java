package dev.millrace.sentiment;

/** A question that gave no usable reply; the message says to whom, and what came instead. */
public final class SentimentException extends Exception {

    private static final long serialVersionUID = 1L;

    SentimentException(String message, Throwable cause) {
        super(message, cause);
    }
}
