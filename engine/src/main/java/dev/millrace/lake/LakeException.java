package dev.millrace.lake;

/** The lake cannot be read or written; the message says which file and what is wrong with it. For any thread. */
public class LakeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LakeException(String message) {
        super(message);
    }

    LakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
