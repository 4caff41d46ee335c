package dev.millrace.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * A copy of the tables as of one commit, whole or not at all. Days that are read from the lake are not in it: its views read
 * them from the lake's folder, as the original's do.
 */
final class DatabaseCopy {

    private static final long STEP_BYTES = 8L << 20;

    private final Database database;
    private final Path file;
    private final Path unfinished;

    /** @param file where there must be none */
    DatabaseCopy(Database database, Path file) {
        this.database = database;
        this.file = file.toAbsolutePath();
        unfinished = this.file.resolveSibling(this.file.getFileName() + ".tmp");
        if (Files.exists(this.file)) {
            throw new RefusedException(file + " exists already; name a new file, or remove it first");
        }
        if (!Files.isDirectory(this.file.getParent())) {
            throw new RefusedException("there is no folder " + this.file.getParent() + " for the copy");
        }
    }

    /**
     * Copies the bytes, of the file and of its log; between two commits, on the owner's thread, which alone changes them. DuckDB
     * is not asked to empty the log first: it refuses while what another transaction left behind is still being cleared.
     */
    void copy(CopyProgress progress) {
        try (FileChannel to = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            FileChannel from = database.bytes(); // stays open: see there
            long total = from.size();
            for (long done = 0; done < total; ) {
                done += from.transferTo(done, Math.min(STEP_BYTES, total - done), to);
                progress.done(done, total);
            }
            Path log = log(database.file());
            if (Files.exists(log)) {
                Files.copy(log, log(unfinished), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StoreException("cannot copy the tables to " + unfinished + ": " + e, e);
        }
    }

    /**
     * Makes one file of it, under its name. Any thread.
     *
     * @return the journal's record that it reaches to
     */
    long finish() {
        try {
            long sequence = merge();
            try (FileChannel whole = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                whole.force(true);
            }
            Files.move(unfinished, file);
            return sequence;
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException(file + " has come into being meanwhile; name another file", e);
        } catch (IOException | SQLException e) {
            throw new StoreException("cannot finish the copy " + unfinished + ": " + Database.firstLine(e), e);
        }
    }

    /** DuckDB takes the log in when it opens the file. */
    private long merge() throws SQLException {
        Properties alone = new Properties();
        alone.setProperty("autoload_known_extensions", "false");
        try (Connection copy = DriverManager.getConnection("jdbc:duckdb:" + unfinished, alone);
                Statement statement = copy.createStatement()) {
            statement.execute("CHECKPOINT");
            try (ResultSet position = statement.executeQuery("SELECT committed_sequence FROM position")) {
                position.next();
                return position.getLong(1);
            }
        }
    }

    /** Removes what an attempt that failed has left. */
    void discard() {
        try {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(log(unfinished));
        } catch (IOException e) {
            throw new StoreException("cannot remove the unfinished copy " + unfinished + ": " + e, e);
        }
    }

    private static Path log(Path database) {
        return database.resolveSibling(database.getFileName() + ".wal");
    }
}
