package dev.millrace.store;

import dev.millrace.config.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * The file of the tables, opened for writing by its one owner. Other connections are made by {@link #connect}; each is used
 * by one thread at a time. Extensions are never fetched, and the zone is UTC whatever the machine's.
 */
public final class Database implements AutoCloseable {

    private static final String NESTED = "\nError: ";

    private final Path file;
    private final DuckDBConnection connection;
    private final LakeReach inLake;

    private Database(Path file, DuckDBConnection connection, LakeReach inLake) {
        this.file = file;
        this.connection = connection;
        this.inLake = inLake;
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
            Files.createDirectories(file.toAbsolutePath().getParent());
            SetAside.orphanedLog(file);
            DuckDBConnection connection =
                    (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, properties(spill, config));
            try {
                inUtc(connection);
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
            throw new StoreException("cannot open the tables in " + file + ": " + firstLine(e), e);
        }
    }

    private static Properties properties(Path spill, StoreConfig config) {
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", config.memoryLimit() + "B");
        properties.setProperty("threads", Integer.toString(config.threads()));
        properties.setProperty("temp_directory", spill.toAbsolutePath().toString());
        properties.setProperty("max_temp_directory_size", config.spillLimit() + "B");
        return properties;
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
        DuckDBConnection other = connection.duplicate();
        inUtc(other);
        return other;
    }

    private static void inUtc(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
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
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("cannot close " + file + ": " + firstLine(e), e);
        }
    }
}
