package dev.millrace.lake;

/** What stands in a file of the lake is not what was written, or was not written by Millrace. */
public final class LakeDamagedException extends LakeException {

    private static final long serialVersionUID = 1L;

    LakeDamagedException(String message) {
        super(message);
    }

    LakeDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
