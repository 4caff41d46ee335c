package dev.millrace.store;

import dev.millrace.config.LakeConfig;
import dev.millrace.config.StoreConfig;
import dev.millrace.lake.LakeException;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.PartitionFacts;
import dev.millrace.lake.SequenceRange;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.tables.Dataset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings days from the tables to the lake. A closed day is written whole; once it is older than {@code store.keep} its file
 * is read back, and in one transaction the day is read from the file and leaves the tables. Rows that come for a day that has
 * left are merged into its file. Whatever dies between the steps, a reader of the two sides sees each row once: the file
 * counts up to the record that {@code partitions} names, the tables from there on.
 *
 * <p>Reads on {@code md-store-roll}, from one state of the tables; what it changes there runs between two commits.
 */
final class Roller {

    private static final Logger LOG = LoggerFactory.getLogger(Roller.class);
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    private final Database database;
    private final Flusher flusher;
    private final LakeWriter lake;
    private final StoreConfig store;
    private final LakeConfig config;
    private final long revisableMs;
    private final BooleanSupplier stopped;
    private final Expiry expiry;
    private final BarsInOrder barsInOrder;
    private final Counter files;
    private final Counter flips;
    /** Datasets of which a day left the tables in this session: from the first on there is a view of the files. */
    private final Set<Dataset> inLake = EnumSet.noneOf(Dataset.class);
    /** The hour up to which the day under way was written, by partition. */
    private final Map<Partition, Long> hourWritten = new HashMap<>();
    /** The record up to which that copy holds every row, by partition. */
    private final Map<Partition, Long> hourReached = new HashMap<>();

    private volatile long safeTo;

    /**
     * @param revisableMs how long after its end a day's bars may still change
     * @param stopped asked between two files
     */
    Roller(
            Database database,
            Flusher flusher,
            LakeWriter lake,
            StoreConfig store,
            LakeConfig config,
            long revisableMs,
            BooleanSupplier stopped,
            Counters counters) {
        this.database = database;
        this.flusher = flusher;
        this.lake = lake;
        this.store = store;
        this.config = config;
        this.revisableMs = revisableMs;
        this.stopped = stopped;
        expiry = new Expiry(flusher, lake, store, config);
        barsInOrder = new BarsInOrder(flusher, stopped, counters);
        files = counters.counter("lake.files", "Partitions written to the lake");
        flips = counters.counter("lake.flips", "Partitions that left the tables for the lake");
    }

    /**
     * Does what is due.
     *
     * @param venueMs the venue's time as far as the tables reach; the least long while it is not known, then nothing is due
     */
    void pass(long venueMs) throws SQLException {
        if (venueMs == Long.MIN_VALUE) {
            return;
        }
        try (DuckDBConnection connection = database.connect()) {
            List<HotDay> days = Partitions.hot(connection);
            hourWritten.keySet().retainAll(days.stream().map(HotDay::partition).toList());
            hourReached.keySet().retainAll(hourWritten.keySet());
            long safe = reached(connection);
            for (HotDay day : days) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                safe = Math.min(safe, roll(connection, day, venueMs));
            }
            safeTo = Math.max(safeTo, safe);
            expiry.pass(connection, venueMs);
            barsInOrder.pass(connection, LocalDate.ofEpochDay(Math.floorDiv(venueMs - revisableMs, DAY_MS)));
        }
    }

    /** The last record whose rows are all in the lake, as of the last pass; of what the lake is to hold. Any thread. */
    long safeTo() {
        return safeTo;
    }

    /** Gives the last record behind which the partition's rows still need the journal. */
    private long roll(DuckDBConnection connection, HotDay day, long venueMs) throws SQLException {
        long endMs = startMs(day) + DAY_MS;
        if (venueMs < endMs + revisableMs) {
            rollHours(connection, day, venueMs);
            long written = Math.max(day.writtenTo(), hourReached.getOrDefault(day.partition(), day.from() - 1));
            return written >= day.to() ? Long.MAX_VALUE : written;
        }
        boolean leaves = day.side() == HotDay.Side.LAKE
                || venueMs >= endMs + store.keep().toMillis();
        if (leaves || !day.isWritten()) {
            PartitionFacts facts = day.isWritten() ? verified(connection, day) : write(connection, day, endMs);
            if (leaves) {
                flusher.call(owner -> flip(owner, day.partition(), facts));
                flips.increment();
            } else {
                flusher.call(owner -> Partitions.written(owner, day.partition(), HotDay.Side.HOT, facts));
            }
        }
        return Long.MAX_VALUE;
    }

    private void flip(DuckDBConnection owner, Partition partition, PartitionFacts facts) throws SQLException {
        boolean first = !inLake.contains(partition.dataset());
        Partitions.flip(
                owner,
                partition,
                facts,
                first ? () -> Views.create(owner, lake.lake().folder()) : () -> {});
        inLake.add(partition.dataset());
    }

    /** What leaves the tables must be safe in the file; one that is damaged or gone is written again while it can be. */
    private PartitionFacts verified(DuckDBConnection connection, HotDay day) throws SQLException {
        try {
            return lake.lake().verify(day.partition());
        } catch (LakeException e) {
            if (day.side() == HotDay.Side.LAKE) {
                throw e;
            }
            LOG.warn("{}; written again from the tables", e.getMessage());
            return write(connection, day, startMs(day) + DAY_MS);
        }
    }

    /** A copy for readers of the files: the day goes on being read from the tables. */
    private void rollHours(DuckDBConnection connection, HotDay day, long venueMs) throws SQLException {
        long hourMs = venueMs - revisableMs - Math.floorMod(venueMs - revisableMs, HOUR_MS);
        boolean due = config.hourly() && hourMs > day.firstMs() && day.side() == HotDay.Side.HOT;
        if (due && hourMs > hourWritten.getOrDefault(day.partition(), Long.MIN_VALUE)) {
            PartitionFacts facts = write(connection, day, hourMs);
            hourWritten.put(day.partition(), hourMs);
            hourReached.put(day.partition(), facts.sequences().to());
        }
    }

    /** Its footer names the last record up to which it holds every row of the day, so that tables made anew can rely on it. */
    private PartitionFacts write(DuckDBConnection connection, HotDay day, long toMs) throws SQLException {
        boolean merge = day.side() == HotDay.Side.LAKE;
        if (merge && day.partition().dataset() == Dataset.OHLCV) {
            keepReplaced(day);
        }
        connection.setAutoCommit(false); // the position and the rows of one state
        try {
            long reached = Math.min(reached(connection), Partitions.before(connection, day, toMs));
            HotRows rows = HotRows.open(connection, day, startMs(day), toMs, merge ? day.writtenTo() : -1);
            SequenceRange sequences = new SequenceRange(Math.min(Math.max(1, day.from()), reached), reached);
            PartitionFacts facts;
            if (merge) {
                facts = lake.merge(day.partition(), rows, sequences);
            } else if (toMs < startMs(day) + DAY_MS) {
                facts = lake.replaceForNow(day.partition(), rows, sequences);
            } else {
                facts = lake.replace(day.partition(), rows, sequences);
            }
            files.increment();
            return facts;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void keepReplaced(HotDay day) {
        lake.lake().read(day.partition()).close(); // a damaged file is told as what it is
        flusher.call(owner -> {
            if (ReplacedBars.keep(owner, lake.lake(), day)) {
                flusher.newestBars().forget();
            }
        });
    }

    private static long reached(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT committed_sequence FROM position")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long startMs(HotDay day) {
        return day.partition().date().toEpochDay() * DAY_MS;
    }
}
