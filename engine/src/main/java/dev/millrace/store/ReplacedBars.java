package dev.millrace.store;

import dev.millrace.lake.Lake;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/**
 * Bars of a file that the tables hold a later row of, just before it is merged into the file: what the file says until then
 * goes to the replaced revisions, as it does when both rows are in the tables. What dies in between has kept it, and keeps it
 * once. Runs on {@code md-store-flush}, in one transaction.
 */
final class ReplacedBars {

    private static final String SAME_BAR = "t.symbol = l.symbol AND t.timeframe = l.timeframe AND t.basis = l.basis"
            + " AND t.source = l.source AND t.timestamp = l.timestamp";
    private static final String TOLD = "row(%1$s.open, %1$s.high, %1$s.low, %1$s.close, %1$s.volume, %1$s.trade_count,"
            + " %1$s.complete, %1$s.repaired)";

    private ReplacedBars() {}

    /**
     * Keeps them.
     *
     * @param day of bars, in the lake
     * @return whether a row has left the tables, for it said nothing new
     */
    static boolean keep(DuckDBConnection owner, Lake lake, HotDay day) throws SQLException {
        String file = "(SELECT * EXCLUDE (date) FROM read_parquet('"
                + lake.file(day.partition()).toAbsolutePath().toString().replace("'", "''")
                + "', hive_partitioning = false) WHERE coalesce(journal_seq, 0) <= " + day.writtenTo() + ") AS l";
        String later = SAME_BAR + " AND coalesce(t.journal_seq, 0) > " + day.writtenTo();
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            // A candle that says what the exchange had said before is no revision: see upsert-bars.sql.
            int repeated = statement.executeUpdate("DELETE FROM ohlcv_bars AS t USING " + file + " WHERE " + later
                    + " AND t.source <> '" + BarRows.OWN + "' AND " + TOLD.formatted("t") + " = "
                    + TOLD.formatted("l"));
            statement.execute("INSERT INTO bar_revisions BY NAME SELECT l.* FROM " + file + " JOIN ohlcv_bars AS t ON "
                    + later + " WHERE t.revision >= l.revision AND NOT EXISTS (FROM bar_revisions AS t WHERE "
                    + SAME_BAR
                    + " AND t.revision = l.revision AND t.journal_seq IS NOT DISTINCT FROM l.journal_seq)");
            owner.commit();
            return repeated > 0;
        } catch (SQLException | RuntimeException e) {
            owner.rollback();
            throw e;
        } finally {
            owner.setAutoCommit(true);
        }
    }
}
