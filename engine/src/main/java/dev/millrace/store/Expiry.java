package dev.millrace.store;

import dev.millrace.config.LakeConfig;
import dev.millrace.config.StoreConfig;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whole days that have outlived what is configured: of bars of a second and mids, which only the tables hold, by
 * {@code store.keep}; of the lake, and when its minutes were read, by {@code lake.keep}. On {@code md-store-roll}.
 */
final class Expiry {

    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
    private static final List<Table> IN_TABLES_ALONE = List.of(Table.OHLCV_1S, Table.MIDS);

    /** That minutes were read, many times a day and coin: nothing asks when, of a day whose bars are gone. */
    private static final String READ = "kind = '1m' AND to_time";

    /** The venue keeps 5,000 minutes: of younger ones it still counts that they need not be collected. */
    private static final Duration MINUTES = Duration.ofDays(4);

    private final Flusher flusher;
    private final LakeWriter lake;
    private final StoreConfig store;
    private final LakeConfig config;

    Expiry(Flusher flusher, LakeWriter lake, StoreConfig store, LakeConfig config) {
        this.flusher = flusher;
        this.lake = lake;
        this.store = store;
        this.config = config;
    }

    /** @param venueMs by which a day is old */
    void pass(DuckDBConnection connection, long venueMs) throws SQLException {
        LocalDate kept = firstKept(venueMs, store.keep());
        for (Table table : IN_TABLES_ALONE) {
            if (letGo(connection, table, "timestamp", kept)) {
                flusher.newestBars().forget();
            }
        }
        if (config.keep().compareTo(Duration.ofMillis(Math.max(0, venueMs))) < 0) { // else it is unlimited
            LocalDate keptInLake = firstKept(venueMs, config.keep());
            deleteFiles(connection, keptInLake);
            LocalDate askedFor = firstKept(venueMs, MINUTES);
            letGo(connection, Table.COLLECTED, READ, keptInLake.isBefore(askedFor) ? keptInLake : askedFor);
        }
    }

    /**
     * Deletes rows of before a day, where there are any.
     *
     * @param time by which a row is of that day; may begin with a condition
     */
    private boolean letGo(DuckDBConnection connection, Table table, String time, LocalDate day) throws SQLException {
        boolean holds = holdsBefore(connection, table, time, day);
        if (holds) {
            flusher.call(owner -> delete(owner, table, time, day));
        }
        return holds;
    }

    /** The first day of which something is younger. */
    private static LocalDate firstKept(long venueMs, Duration keep) {
        return Instant.ofEpochMilli(venueMs - keep.toMillis())
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
    }

    private static boolean holdsBefore(DuckDBConnection connection, Table table, String time, LocalDate date)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT EXISTS (FROM " + table.sqlName() + " WHERE " + time + " < CAST(? AS TIMESTAMPTZ))")) {
            select.setObject(1, date);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static void delete(DuckDBConnection owner, Table table, String time, LocalDate date) throws SQLException {
        try (PreparedStatement delete = owner.prepareStatement(
                "DELETE FROM " + table.sqlName() + " WHERE " + time + " < CAST(? AS TIMESTAMPTZ)")) {
            delete.setObject(1, date);
            delete.execute();
        }
    }

    /** The file first: a partition that is only named is forgotten by the next pass, a file that nobody names never. */
    private void deleteFiles(DuckDBConnection connection, LocalDate kept) throws SQLException {
        List<Partition> expired = Partitions.inLakeBefore(connection, kept);
        for (Partition partition : expired) {
            lake.delete(partition);
            flusher.call(owner -> Partitions.forget(owner, partition));
        }
        if (!expired.isEmpty()) {
            flusher.call(owner -> Views.create(owner, lake.lake().folder()));
            flusher.newestBars().forget();
            LOG.info("{} partitions of days before {} have left the lake (lake.keep)", expired.size(), kept);
        }
    }
}
