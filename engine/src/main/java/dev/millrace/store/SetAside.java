package dev.millrace.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Moves a damaged database and its log of changes out of the way, unchanged, for whoever wants to look into them. The caller
 * holds the role's lock; nothing has the file open.
 */
public final class SetAside {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private SetAside() {}

    /**
     * Gives where the database lies now, {@code millrace.duckdb.damaged-<time>}; its log lies beside it.
     *
     * @throws StoreException when it cannot be moved
     */
    public static Path run(Path file, Instant now) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + TIME.format(now));
        try {
            move(log(file), log(aside)); // first: a new database must never meet the log of an old one
            move(file, aside);
        } catch (IOException e) {
            throw new StoreException(
                    "cannot set the damaged " + file + " aside as " + aside + ": " + e.getMessage(), e);
        }
        return aside;
    }

    /** A log whose database is gone would be applied to the one that is made next. */
    static void orphanedLog(Path file) throws IOException {
        if (!Files.exists(file)) {
            move(log(file), log(file.resolveSibling(file.getFileName() + ".damaged-" + TIME.format(Instant.now()))));
        }
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + ".wal");
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
