package dev.millrace.store;

import dev.millrace.config.StoreConfig;
import dev.millrace.lake.Lake;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/**
 * The file of the tables, opened for writing by its one owner. Other connections are made by {@link #connect}; each is used
 * by one thread at a time. How they are set stands in {@link Session}.
 */
public final class Database implements AutoCloseable {

    private static final String NESTED = "\nError: ";

    private final Path file;
    private final DuckDBConnection connection;
    private final LakeReach inLake;
    private FileChannel bytes;

    /** Others are made from these two, never used themselves: made from the owner's they would begin in its transaction. */
    private final DuckDBConnection idle;

    private final DuckDBConnection streaming;

    /** The last that may set anything. */
    private Database(Path file, DuckDBConnection connection, LakeReach inLake) throws SQLException {
        DriverLibrary.unlink();
        this.file = file;
        this.connection = connection;
        this.inLake = inLake;
        idle = connection.duplicate();
        streaming = connection.duplicate();
        Session.stream(streaming);
        Session.lock(connection);
    }

    /**
     * Opens the file or makes it, and brings its tables to this program's version.
     *
     * @param lake folder of the closed days, which the views read too
     * @param spill folder that queries may spill to; made when one does
     * @param engineVersion stands in the table of versions, for people
     * @throws NewerSchemaException when a newer program wrote it
     * @throws DatabaseDamagedException when its bytes, or those of its log of changes, are not what DuckDB wrote
     * @throws StoreException when it cannot be opened: locked by another process, no room, not ours
     */
    public static Database open(Path file, Path lake, Path spill, StoreConfig config, String engineVersion) {
        try {
            requireWritable(file.toAbsolutePath());
            SetAside.orphanedLog(file);
            DuckDBConnection connection = (DuckDBConnection)
                    DriverManager.getConnection("jdbc:duckdb:" + file, Session.of(lake, spill, config));
            try {
                Session.inUtc(connection);
                Migrations.run(file, connection, engineVersion);
                Restoration.run(connection, lake);
                Views.create(connection, lake);
                return new Database(file, connection, LakeReach.of(connection));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            String reason = String.valueOf(e.getMessage());
            throw DatabaseDamagedException.isReason(reason)
                    ? new DatabaseDamagedException(file, firstLine(e), e)
                    : new StoreException("cannot open the tables in " + file + ": " + firstLine(e), e);
        } catch (IOException e) {
            throw new StoreException(
                    "cannot write the tables in " + file + ": " + firstLine(e)
                            + "; set data.database to a place that this user may write",
                    e);
        }
    }

    private static void requireWritable(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.isWritable(file.getParent()) || (Files.exists(file) && !Files.isWritable(file))) {
            throw new IOException("no permission, or a disk that is mounted read-only");
        }
    }

    /**
     * A lake alone, in memory: the tables are empty, the views give what the files of the lake hold.
     *
     * @param spill folder that queries may spill to
     * @throws StoreException when it cannot be read
     */
    public static Database ofLake(Lake lake, Path spill, StoreConfig config, String engineVersion) {
        try {
            DuckDBConnection connection = (DuckDBConnection)
                    DriverManager.getConnection("jdbc:duckdb:", Session.of(lake.folder(), spill, config));
            try {
                Session.inUtc(connection);
                Migrations.run(lake.folder(), connection, engineVersion);
                Views.ofLakeAlone(connection, lake);
                return new Database(lake.folder(), connection, LakeReach.of(connection));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("cannot read the lake " + lake.folder() + ": " + firstLine(e), e);
        }
    }

    /** DuckDB's messages go on with hints for its own shell; some say what is wrong in their second line only. */
    static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int error = message.indexOf(NESTED);
        String words = error < 0 ? message : message.substring(error + NESTED.length());
        int end = words.indexOf('\n');
        return end < 0 ? words : words.substring(0, end);
    }

    /** The file. */
    Path file() {
        return file;
    }

    /** The owner's connection; thread {@code md-store-flush} once the store runs. */
    DuckDBConnection owner() {
        return connection;
    }

    /** Another connection to the same file, for the caller to close. Any thread. */
    public DuckDBConnection connect() throws SQLException {
        return idle.duplicate();
    }

    /** Likewise, for answers of any length: its rows come as they are made. */
    DuckDBConnection connectStreaming() throws SQLException {
        return streaming.duplicate();
    }

    /**
     * The file's bytes, for a copy. Stays open as long as the database: closing any channel of a file frees the locks of the
     * whole process on it, DuckDB's too.
     */
    synchronized FileChannel bytes() throws IOException {
        if (bytes == null) {
            bytes = FileChannel.open(file, StandardOpenOption.READ);
        }
        return bytes;
    }

    /** Rows that the journal gives again and that must not be appended. */
    LakeReach inLake() {
        return inLake;
    }

    /**
     * To be asked where the journal is known.
     *
     * @param journalEnd its last record
     * @throws StoreException when the lake knows later ones
     */
    public void requireLakeOf(long journalEnd) {
        if (inLake.highest() > journalEnd) {
            throw new StoreException("the lake holds rows up to record " + inLake.highest()
                    + ", but the journal ends with record " + journalEnd
                    + ": they do not belong together; set data.lake or data.journal to the folder that does");
        }
    }

    /** How far the tables reach. */
    public Position position() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT committed_sequence, received_ns FROM position")) {
            if (!row.next()) {
                throw new StoreException(file + " has lost its position; delete it, it is made again from the journal");
            }
            return new Position(row.getLong(1), row.getLong(2));
        } catch (SQLException e) {
            throw new StoreException("cannot read the position in " + file + ": " + firstLine(e), e);
        }
    }

    @Override
    public synchronized void close() {
        FileChannel last = bytes; // null when no copy was made
        try (last;
                idle;
                streaming;
                connection) {
            bytes = null;
        } catch (SQLException | IOException e) {
            throw new StoreException("cannot close " + file + ": " + firstLine(e), e);
        }
    }
}
