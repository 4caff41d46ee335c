package dev.millrace.store;

import dev.millrace.lake.Lake;
import dev.millrace.lake.LakeDamagedException;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.PartitionFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tables that are made again, or for the first time, must know of a lake that is there already: by the footers of its
 * files, each day is read from its file up to the record that the file reaches to. The journal gives the rest. While the
 * position is at the journal's beginning this can be done any number of times.
 */
final class Restoration {

    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    private Restoration() {}

    static void run(DuckDBConnection connection, Path folder) throws SQLException {
        if (!Files.isDirectory(folder) || hasPosition(connection)) {
            return;
        }
        Lake lake = new Lake(folder);
        List<Partition> partitions = lake.partitions();
        if (partitions.isEmpty()) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM partitions");
            long rows = append(connection, lake, partitions);
            connection.commit();
            LOG.info(
                    "the lake in {} holds {} partitions with {} rows; the journal gives the rest",
                    folder,
                    partitions.size(),
                    rows);
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static boolean hasPosition(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(committed_sequence) FROM position")) {
            row.next();
            return row.getLong(1) > 0;
        }
    }

    private static long append(DuckDBConnection connection, Lake lake, List<Partition> partitions) throws SQLException {
        long rows = 0;
        try (DuckDBAppender appender = connection.createAppender("main", "partitions")) {
            for (Partition partition : partitions) {
                try {
                    PartitionFacts facts = lake.facts(partition);
                    append(appender, partition, facts);
                    rows += facts.rows();
                } catch (LakeDamagedException e) {
                    LOG.error(
                            "{}; set aside as {}, its rows come from the journal as far as that goes back",
                            e.getMessage(),
                            LakeWriter.setAside(lake, partition));
                }
            }
        }
        return rows;
    }

    private static void append(DuckDBAppender appender, Partition partition, PartitionFacts facts) throws SQLException {
        appender.beginRow()
                .append(partition.dataset().label())
                .append(partition.symbol())
                .append(partition.date())
                .append(HotDay.Side.LAKE.label())
                .append(facts.sequences().from())
                .append(facts.sequences().to())
                .append(facts.rows())
                .append(facts.digest())
                .endRow();
    }
}
