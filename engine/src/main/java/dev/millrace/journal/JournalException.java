package dev.millrace.journal;

/** The journal cannot be opened, written or read; the message says what, where and what would be right. */
public class JournalException extends RuntimeException {

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
