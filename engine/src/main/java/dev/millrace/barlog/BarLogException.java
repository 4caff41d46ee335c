package dev.millrace.barlog;

/** The bar log cannot be read or written; the message says which file and what is wrong with it. */
public class BarLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BarLogException(String message) {
        super(message);
    }

    BarLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
