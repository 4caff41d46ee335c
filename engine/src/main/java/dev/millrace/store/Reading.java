package dev.millrace.store;

import dev.millrace.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/** What is asked of the tables, on any thread: queries, bars, what the lake holds, a copy of them all. */
public final class Reading implements AutoCloseable {

    private static final String LAKE = "SELECT dataset, symbol, min(date) AS first_day, max(date) AS last_day,"
            + " count(*) AS days, sum(rows)::BIGINT AS rows FROM partitions WHERE side = 'lake' GROUP BY ALL ORDER BY ALL";

    private final Database database;
    private final Owner owner;
    private final Queries queries;
    private final Bars bars;

    private Reading(Database database, Owner owner, Optional<NewestBars> newest) {
        this.database = database;
        this.owner = owner;
        queries = new Queries(database);
        bars = new Bars(queries, newest);
    }

    /** Beside the flusher; to be closed before it. */
    public static Reading beside(Flusher flusher, Database database) {
        return new Reading(database, flusher::call, Optional.of(flusher.newestBars()));
    }

    /** While a rebuild uses the owner's connection: no copy can be made then. */
    public static Reading besideRebuild(Database database) {
        Owner busy = change -> {
            throw new StoreException("the tables are being rebuilt; ask for the copy afterwards");
        };
        return new Reading(database, busy, Optional.empty());
    }

    /** Of tables that nobody writes. */
    public static Reading of(Database database) {
        Owner idle = change -> {
            try {
                change.run(database.owner());
            } catch (SQLException e) {
                throw new StoreException("cannot read " + database.file() + ": " + Database.firstLine(e), e);
            }
        };
        return new Reading(database, idle, Optional.empty());
    }

    /** Up to when the files of a lake alone reach, by dataset; empty for an empty lake. */
    public String reach(Lake lake) {
        try (DuckDBConnection connection = database.connect()) {
            return LakeEnds.words(connection, lake);
        } catch (SQLException e) {
            throw new StoreException("cannot read the lake " + lake.folder() + ": " + Database.firstLine(e), e);
        }
    }

    /**
     * Runs one SELECT.
     *
     * @return whether there were more rows than the limit
     * @throws RefusedException when it is no SELECT, or cannot run as it is written
     * @throws StoreException when it took too long or failed
     */
    public boolean query(String sql, Limits limits, ResultSink sink) throws IOException {
        return queries.select(sql, limits, sink);
    }

    /**
     * Gives the newest bars, ascending, as many as the limit says; from memory where that holds them.
     *
     * @throws RefusedException when there are none, saying what there is
     */
    public void bars(BarsAsked asked, Limits limits, ResultSink sink) throws IOException {
        bars.read(asked, limits, sink);
    }

    /** A row for each dataset and symbol of which days are read from the lake. */
    public void lake(Limits limits, ResultSink sink) throws IOException {
        queries.prepared(LAKE, List.of(), limits, sink);
    }

    /**
     * Makes a copy of the tables as of one commit.
     *
     * @param file where there must be none
     * @return the journal's record that it reaches to
     */
    public long snapshot(Path file, CopyProgress progress) {
        DatabaseCopy copy = new DatabaseCopy(database, file);
        try {
            owner.run(connection -> copy.copy(progress));
            return copy.finish();
        } finally {
            copy.discard();
        }
    }

    @Override
    public void close() {
        queries.close();
    }

    /** Lets the owner's connection be used between two commits. */
    @FunctionalInterface
    private interface Owner {
        void run(Flusher.Change change);
    }
}
