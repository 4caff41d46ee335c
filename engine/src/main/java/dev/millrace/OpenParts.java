package dev.millrace;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a daemon has opened, to be closed in the reverse order. Its caller's thread. */
final class OpenParts {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean failed;

    <T extends AutoCloseable> T add(T part) {
        open.push(part);
        return part;
    }

    /** Whether a part could not be closed, so far. */
    boolean failed() {
        return failed;
    }

    /**
     * Closes everything, each part whatever the others do; a second time nothing.
     *
     * @throws IllegalStateException when a part could not be closed; the rest was closed all the same
     */
    void close() {
        IllegalStateException problem = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failed = true;
                if (problem == null) {
                    problem = new IllegalStateException("not stopped cleanly: " + e.getMessage(), e);
                } else {
                    problem.addSuppressed(e);
                }
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    /** After a start that failed: what cannot be closed is told with its cause. */
    void closeAfter(Exception cause) {
        try {
            close();
        } catch (IllegalStateException e) {
            cause.addSuppressed(e);
        }
    }
}
