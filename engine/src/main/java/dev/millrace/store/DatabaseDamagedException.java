package dev.millrace.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file of the tables is damaged; it can be set aside, see {@link SetAside}, and made again. */
public final class DatabaseDamagedException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** What DuckDB says of bytes that it cannot have written so. */
    private static final Pattern DAMAGE = Pattern.compile("not a valid DuckDB database file|Corrupt (database|WAL) file"
            + "|Could not read enough bytes|Failure while replaying WAL|Serialization Error|INTERNAL Error");

    /** The same step can fail for what has nothing to do with the file's bytes. */
    private static final Pattern CIRCUMSTANCE =
            Pattern.compile("(?i)no space left|permission denied|read-only|out of memory|could not write");

    /** What only bytes can be the reason of, also while the tables are used. */
    private static final Pattern BYTES =
            Pattern.compile("Corrupt (database|WAL) file|Could not read enough bytes|not a valid DuckDB database file");

    DatabaseDamagedException(Path file, String reason, Throwable cause) {
        super("the tables in " + file + " are damaged: " + reason, cause);
    }

    /** What DuckDB said of the file's bytes while it was used; empty where a failure had another reason. */
    public static Optional<String> met(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            boolean damaged = e instanceof SQLException
                    && e.getMessage() != null
                    && BYTES.matcher(e.getMessage()).find();
            if (damaged) {
                return Optional.of(Database.firstLine((SQLException) e));
            }
        }
        return Optional.empty();
    }

    /** Whether a file that DuckDB does not open for this reason is damaged. */
    static boolean isReason(String message) {
        return DAMAGE.matcher(message).find() && !CIRCUMSTANCE.matcher(message).find();
    }
}
