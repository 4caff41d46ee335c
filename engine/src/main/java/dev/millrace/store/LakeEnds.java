package dev.millrace.store;

import dev.millrace.lake.Lake;
import dev.millrace.lake.Partition;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Up to when a lake reaches: the newest row of each dataset, looked for in the files of its newest day alone. */
final class LakeEnds {

    private LakeEnds() {}

    /** {@code ohlcv until 2026-11-22T23:59:00Z, tick_data until …}; empty for an empty lake. */
    static String words(Connection connection, Lake lake) throws SQLException {
        Map<Dataset, LocalDate> newest = new TreeMap<>();
        for (Partition partition : lake.partitions()) {
            newest.merge(partition.dataset(), partition.date(), (one, other) -> one.isAfter(other) ? one : other);
        }
        StringJoiner words = new StringJoiner(", ");
        for (Map.Entry<Dataset, LocalDate> one : newest.entrySet()) {
            words.add(one.getKey() + " until " + last(connection, lake, one.getKey(), one.getValue()));
        }
        return words.toString();
    }

    private static String last(Connection connection, Lake lake, Dataset dataset, LocalDate day) throws SQLException {
        Schema schema = dataset.schema();
        String files = lake.folder().toAbsolutePath() + "/" + dataset + "/*/date=" + day + "/" + dataset + ".parquet";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT max(" + schema.columns().get(schema.time()).name() + ") FROM read_parquet('"
                                + files.replace("'", "''") + "', hive_partitioning = false)")) {
            row.next();
            return String.valueOf(row.getObject(1, OffsetDateTime.class).toInstant());
        }
    }
}
