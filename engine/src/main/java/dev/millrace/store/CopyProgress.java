package dev.millrace.store;

/** Told how far a copy is. */
@FunctionalInterface
public interface CopyProgress {

    void done(long bytes, long ofBytes);
}
