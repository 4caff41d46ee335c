package dev.millrace.store;

import dev.millrace.lake.LakeDamagedException;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.PartitionFacts;
import dev.millrace.lake.SequenceRange;
import dev.millrace.tables.Dataset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the rows of a day that were made again in the place of those that are there: what the tables hold of it in one
 * transaction, then each file of the lake as {@link Roller} does. Whatever dies between the steps, each of them leaves the
 * old rows or the new. The owner's thread; nobody else may write the tables meanwhile.
 */
public final class DayRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(DayRebuild.class);

    private final DuckDBConnection owner;
    private final LakeWriter lake;
    private final DayStage stage;
    private final long reached;

    /** @throws StoreException when the tables cannot be written */
    public DayRebuild(Database tables, LakeWriter lake) {
        owner = tables.owner();
        this.lake = lake;
        reached = tables.position().sequence();
        try {
            stage = new DayStage(owner);
        } catch (SQLException e) {
            throw new StoreException("cannot write to " + tables.file() + ": " + Database.firstLine(e), e);
        }
    }

    /**
     * Takes the rows of a replay.
     *
     * @param after the record behind which the replay began
     * @param scope what of the day is made again
     * @return by dataset and symbol
     */
    public List<PartitionChange> byReplay(LocalDate day, ReplayedRows rows, long after, RebuildScope scope) {
        return replace(day, scope.datasets(), () -> {
            for (StagedTable table : StagedTable.of(scope.datasets())) {
                stage.load(rows, table, day);
            }
            return Outdated.byReplay(after, reached, timeframes(scope));
        });
    }

    /**
     * Takes bars that were made from ticks. Those of other symbols, of mids and of other sources stay.
     *
     * @param timeframes labels of those that were made again
     */
    public List<PartitionChange> byTicks(LocalDate day, TickBarRows bars, List<String> timeframes) {
        return replace(day, Set.of(Dataset.OHLCV), () -> {
            stage.append(bars.of(Table.OHLCV_BARS), StagedTable.OHLCV_BARS);
            stage.append(bars.of(Table.OHLCV_1S), StagedTable.OHLCV_1S);
            return Outdated.byTicks(timeframes);
        });
    }

    /** Bars of a length that neither was asked for nor came stay: an earlier rebuild has made them for the day. */
    private List<String> timeframes(RebuildScope scope) throws SQLException {
        Set<String> labels = new TreeSet<>(stage.timeframes());
        scope.timeframes().forEach(timeframe -> labels.add(timeframe.label()));
        return List.copyOf(labels);
    }

    /** Fills the stage and says what its rows replace. */
    @FunctionalInterface
    private interface Source {
        Outdated stage() throws SQLException;
    }

    private List<PartitionChange> replace(LocalDate day, Set<Dataset> datasets, Source source) {
        try {
            stage.clear();
            Outdated outdated = source.stage();
            List<Replacement> all = new ArrayList<>();
            for (Map.Entry<Partition, Long> one : partitions(day, datasets).entrySet()) {
                all.add(replacement(one.getKey(), one.getValue(), outdated));
            }
            replaceHot(day, datasets, outdated, all);
            for (Replacement one : all) {
                if (one.isDue()) {
                    replaceFile(one);
                }
            }
            return done(all, outdated);
        } catch (SQLException e) {
            throw new StoreException("the rows of " + day + " cannot be replaced: " + Database.firstLine(e), e);
        }
    }

    /**
     * A partition to replace.
     *
     * @param fileTo the record up to which it is read from its file; −1 where it is read from the tables
     * @param lost whether that file is gone
     */
    private record Replacement(
            DayContent content, long fileTo, boolean lost, PartitionChange.Rows before, PartitionChange.Rows next) {

        Partition partition() {
            return content.partition();
        }

        boolean inLake() {
            return fileTo >= 0;
        }

        boolean isChanged() {
            return !before.equals(next);
        }

        boolean isDue() {
            return inLake() && (lost || isChanged());
        }

        /** The record up to which a file counts that the tables' rows up to another were put in. */
        long reaches(long reached) {
            return lost ? reached : Math.max(reached, fileTo);
        }

        /** The same as {@link #fileTo} once it is replaced. */
        long fileToAfter(long reached) {
            return !isDue() ? fileTo : next.count() == 0 ? -1 : reaches(reached);
        }
    }

    /** Those of which there are rows on any side, or are to be; with the record that the file reaches to, −1 for none. */
    private Map<Partition, Long> partitions(LocalDate day, Set<Dataset> datasets) throws SQLException {
        Map<Partition, Long> found = new TreeMap<>();
        for (Dataset dataset : datasets) {
            StagedTable table = StagedTable.of(dataset);
            String sql =
                    "SELECT symbol, coalesce(max(seq_to), -1) FROM (SELECT DISTINCT symbol, -1 AS seq_to FROM main."
                            + table.sqlName() + " WHERE " + DayStage.within(table, day)
                            + " UNION ALL SELECT DISTINCT symbol, -1 FROM "
                            + table.staged() + " UNION ALL SELECT symbol, seq_to FROM partitions WHERE "
                            + inLake(dataset, day)
                            + ") GROUP BY symbol";
            try (Statement statement = owner.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    found.put(new Partition(dataset, rows.getString(1), day), rows.getLong(2));
                }
            }
        }
        return found;
    }

    private static String inLake(Dataset dataset, LocalDate day) {
        return "dataset = '" + dataset.label() + "' AND date = DATE '" + day + "' AND side = '"
                + HotDay.Side.LAKE.label() + "'";
    }

    private Replacement replacement(Partition partition, long fileTo, Outdated outdated) throws SQLException {
        boolean lost = fileTo >= 0 && isLost(partition, outdated);
        DayContent content = new DayContent(owner, lake.lake(), partition, lost ? -1 : fileTo, outdated);
        return new Replacement(content, fileTo, lost, content.held(), content.next());
    }

    /** A damaged file is set aside where the journal gives its rows again. */
    private boolean isLost(Partition partition, Outdated outdated) {
        if (!lake.lake().holds(partition)) {
            return true;
        }
        try {
            lake.lake().verify(partition);
            return false;
        } catch (LakeDamagedException e) {
            if (outdated.fromTicks()) {
                throw e;
            }
            LOG.error("{}; set aside as {}, made again", e.getMessage(), LakeWriter.setAside(lake.lake(), partition));
            return true;
        }
    }

    private void replaceHot(LocalDate day, Set<Dataset> datasets, Outdated outdated, List<Replacement> all)
            throws SQLException {
        List<Replacement> changed =
                all.stream().filter(one -> !one.inLake() && one.isChanged()).toList();
        inTransaction(statement -> {
            for (StagedTable table : StagedTable.of(datasets)) {
                replaceHot(statement, table, day, outdated);
            }
            for (Replacement one : changed) {
                Partitions.forget(owner, one.partition()); // the file holds what was there before, and is written again
            }
            for (Replacement one : all) {
                if (one.inLake() && !one.isDue()) {
                    Partitions.delete(owner, one.partition(), one.fileTo()); // left by tables that were made anew
                }
            }
        });
        for (Replacement one : changed) {
            if (one.next().count() == 0) {
                lake.delete(one.partition());
            }
        }
    }

    private static void replaceHot(Statement statement, StagedTable table, LocalDate day, Outdated outdated)
            throws SQLException {
        String hotSide = table.isRolled()
                ? "symbol NOT IN (SELECT symbol FROM partitions WHERE " + inLake(table.dataset(), day) + ")"
                : "true";
        String gone = hotSide + " AND " + DayStage.within(table, day) + " AND " + outdated.sql(table.dataset());
        boolean keyed = table == StagedTable.OHLCV_BARS;
        String key = "(symbol, timeframe, basis, source, timestamp)";
        statement.execute("DELETE FROM main." + table.sqlName() + " WHERE " + gone
                + (keyed ? " AND " + key + " NOT IN (SELECT " + key + " FROM " + table.staged() + ")" : ""));
        statement.execute((keyed ? "INSERT OR REPLACE" : "INSERT") + " INTO main." + table.sqlName()
                + " BY NAME SELECT * FROM " + table.staged() + " WHERE " + hotSide);
    }

    private void replaceFile(Replacement one) throws SQLException {
        Partition partition = one.partition();
        if (one.next().count() == 0) {
            lake.delete(partition);
            inTransaction(statement -> {
                Partitions.forget(owner, partition);
                Partitions.delete(owner, partition, Long.MAX_VALUE);
            });
            return;
        }
        long to = one.reaches(reached);
        long from = Math.min(Math.max(1, one.content().nextFrom()), to);
        PartitionFacts facts = lake.replace(partition, one.content().nextRows(), new SequenceRange(from, to));
        Partitions.flip(owner, partition, facts, () -> {});
    }

    /** What is there now, read again. */
    private List<PartitionChange> done(List<Replacement> all, Outdated outdated) throws SQLException {
        List<PartitionChange> changes = new ArrayList<>();
        for (Replacement one : all) {
            PartitionChange.Rows after =
                    new DayContent(owner, lake.lake(), one.partition(), one.fileToAfter(reached), outdated).held();
            if (!after.equals(one.next())) {
                throw new StoreException(one.partition() + " holds " + after + " after the rebuild, not " + one.next());
            }
            changes.add(new PartitionChange(one.partition(), one.before(), after));
        }
        return changes;
    }

    /** Statements that are made together or not at all. */
    @FunctionalInterface
    private interface Together {
        void run(Statement statement) throws SQLException;
    }

    private void inTransaction(Together work) throws SQLException {
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            work.run(statement);
            owner.commit();
        } catch (SQLException | RuntimeException e) {
            owner.rollback();
            throw e;
        } finally {
            owner.setAutoCommit(true);
        }
    }
}
