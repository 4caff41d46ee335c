package dev.millrace.discovery;

import java.time.Duration;

/** Told how a collection gets on, on its thread. */
@FunctionalInterface
public interface CollectionWatch {

    /**
     * Another request was answered, or given up.
     *
     * @param done requests so far
     * @param of all that are known to be needed
     * @param left about how long the others take by the budget
     */
    void progress(int done, int of, Duration left);
}
