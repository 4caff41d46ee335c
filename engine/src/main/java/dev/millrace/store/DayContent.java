package dev.millrace.store;

import dev.millrace.lake.Lake;
import dev.millrace.lake.Partition;
import dev.millrace.tables.Column;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.RowDigest;
import dev.millrace.tables.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * What a partition holds on both its sides, and what it is to hold once outdated rows have given way to those that were made
 * again: as relations in SQL, each with the rows that the views show. The owner's thread.
 */
final class DayContent {

    private final DuckDBConnection owner;
    private final Partition partition;
    private final String held;
    private final String next;

    /**
     * @param fileTo the record up to which its file counts, and the tables from there on: both may hold a row, one of
     *     them damaged; −1 where all are read from the tables
     * @param outdated condition of the rows that give way
     */
    DayContent(DuckDBConnection owner, Lake lake, Partition partition, long fileTo, Outdated outdated) {
        this.owner = owner;
        this.partition = partition;
        StagedTable table = StagedTable.of(partition.dataset());
        String names = table.layout().columnNames();
        String hot = "SELECT " + names + " FROM main." + table.sqlName() + " WHERE symbol = " + text(partition.symbol())
                + " AND " + DayStage.within(table, partition.date()) + " AND coalesce(journal_seq, 0) > " + fileTo;
        String file = fileTo < 0
                ? ""
                : " UNION ALL SELECT " + names + " FROM read_parquet("
                        + text(lake.file(partition).toAbsolutePath().toString())
                        + ", hive_partitioning = false) WHERE coalesce(journal_seq, 0) <= " + fileTo;
        held = latest("(" + hot + file + ")");
        next = latest("(SELECT " + names + " FROM " + held + " WHERE NOT (" + outdated.sql(partition.dataset())
                + ") UNION ALL SELECT " + names + " FROM " + table.staged() + " WHERE symbol = "
                + text(partition.symbol()) + ")");
    }

    /** As the views do: of bars the last revision, of gaps the last report. */
    private String latest(String relation) {
        String order = partition.dataset() == Dataset.OHLCV
                ? "revision DESC, journal_seq DESC"
                : partition.dataset() == Dataset.FEED_GAPS ? "journal_seq DESC" : "";
        Schema schema = partition.dataset().schema();
        String key = schema.key().stream().map(Column::name).collect(Collectors.joining(", "));
        return order.isEmpty()
                ? relation
                : "(FROM " + relation + " QUALIFY row_number() OVER (PARTITION BY " + key + " ORDER BY " + order
                        + ") = 1)";
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    Partition partition() {
        return partition;
    }

    PartitionChange.Rows held() throws SQLException {
        return digest(held);
    }

    PartitionChange.Rows next() throws SQLException {
        return digest(next);
    }

    /** In the order of the lake. */
    HotRows nextRows() throws SQLException {
        return HotRows.of(owner, partition, next);
    }

    /** The first record that made one of the next rows; 0 where none did. */
    long nextFrom() throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(min(journal_seq), 0) FROM " + next)) {
            row.next();
            return row.getLong(1);
        }
    }

    private PartitionChange.Rows digest(String relation) throws SQLException {
        RowDigest digest = new RowDigest(partition.dataset().schema(), partition.symbol(), partition.date());
        long count = 0;
        try (HotRows rows = HotRows.of(owner, partition, relation)) {
            while (rows.next()) {
                digest.add(rows.row());
                count++;
            }
        }
        return new PartitionChange.Rows(count, digest.hex());
    }
}
