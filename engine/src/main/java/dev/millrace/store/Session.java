package dev.millrace.store;

import dev.millrace.config.StoreConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * How a database is set for all its connections: extensions are never fetched, of files it reads the lake's alone, the zone
 * is UTC whatever the machine's, and no query can change any of that.
 */
final class Session {

    private Session() {}

    /** What must be known before it is opened. */
    static Properties of(Path lake, Path spill, StoreConfig config) {
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("enable_external_file_cache", "false"); // the system caches files; memory is for queries
        properties.setProperty("memory_limit", config.memoryLimit() + "B");
        properties.setProperty("threads", Integer.toString(config.threads()));
        properties.setProperty("temp_directory", spill.toAbsolutePath().toString());
        properties.setProperty("max_temp_directory_size", config.spillLimit() + "B");
        properties.setProperty(
                "allowed_directories", "['" + lake.toAbsolutePath().toString().replace("'", "''") + "/']");
        properties.setProperty("enable_external_access", "false");
        return properties;
    }

    /** For this connection and those made from it later. */
    static void inUtc(DuckDBConnection connection) throws SQLException {
        execute(connection, "SET GLOBAL TimeZone = 'UTC'");
    }

    /**
     * Answers to this connection, and those made from it, come as they are made instead of whole. Each is to be read in a
     * transaction and asked about by {@link #requireWhole}.
     */
    static void stream(DuckDBConnection connection) throws SQLException {
        execute(connection, "SET SESSION jdbc_stream_results = true");
    }

    /**
     * To be asked behind the last row of an answer that came as it was made, within its transaction: DuckDB's driver ends such
     * an answer at an error as if there were no more rows. Only the transaction knows, which takes no statement any more.
     *
     * @throws SQLException when there was an error; without its words
     */
    static void requireWhole(Connection streaming) throws SQLException {
        try (Statement statement = streaming.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    /** From now on every SET is refused. */
    static void lock(DuckDBConnection connection) throws SQLException {
        execute(connection, "SET lock_configuration = true");
    }

    private static void execute(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
