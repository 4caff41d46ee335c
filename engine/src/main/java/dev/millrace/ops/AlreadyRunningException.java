package dev.millrace.ops;

import java.nio.file.Path;

/** The role of a data directory is held by another process; the message names it. */
public final class AlreadyRunningException extends RuntimeException {

    AlreadyRunningException(Path dir, String role, String holder) {
        super("the " + role + " of data directory " + dir + " is held by " + holder
                + "; stop it, or choose another data.dir");
    }
}
