package dev.millrace.store;

import dev.millrace.config.StoreConfig;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/**
 * The rows that a replay gives, in tables of their own beside the real ones, filled exactly as those are. They are gone when
 * this is closed. Filled by one thread, then read by one.
 */
public final class ReplayedRows implements AutoCloseable {

    private final Path folder;
    private final Database database;
    private final Flusher flusher;
    private final WantedRows wanted;

    private ReplayedRows(Path folder, Database database, Flusher flusher, WantedRows wanted) {
        this.folder = folder;
        this.database = database;
        this.flusher = flusher;
        this.wanted = wanted;
    }

    /**
     * Makes the tables, empty.
     *
     * @param tables the file of the real ones
     * @param scope only rows of this are kept
     * @throws StoreException when they cannot be made: no room, no permission
     */
    public static ReplayedRows create(Path tables, RebuildScope scope, StoreConfig config, String engineVersion) {
        sweep(tables);
        Path folder = folder(tables);
        Database database = Database.open(
                folder.resolve("rows.duckdb"), folder.resolve("lake"), folder.resolve("spill"), config, engineVersion);
        Counters unseen = new Counters();
        RowCollector rows = new RowCollector(true, unseen);
        Flusher flusher = new Flusher(database, rows, config, () -> {}, sequence -> {}, unseen);
        return new ReplayedRows(folder, database, flusher, new WantedRows(scope, rows));
    }

    /** Removes what a killed rebuild left beside these tables. */
    public static void sweep(Path tables) {
        Path folder = folder(tables);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StoreException("cannot remove what a rebuild left in " + folder + ": " + e, e);
        }
    }

    private static Path folder(Path tables) {
        return tables.resolveSibling(tables.getFileName() + ".rebuild");
    }

    /** Takes the bars of the replayed market. */
    public EmittedBarSink bars() {
        return wanted;
    }

    /** Takes the rest. */
    public TickSink ticks() {
        return wanted;
    }

    /** The market has applied this record. */
    public void onRecord(long sequence, long receiveNs) {
        flusher.onRecord(sequence, receiveNs, System.nanoTime());
    }

    /** The replay is over. */
    public void finish() {
        flusher.finish();
    }

    /** The days of which there are rows. */
    public SortedSet<LocalDate> days() {
        try (DuckDBConnection connection = connect()) {
            return StagedTable.days(connection);
        } catch (SQLException e) {
            throw new StoreException("cannot read what was replayed: " + Database.firstLine(e), e);
        }
    }

    /** To read them, once the replay is over; for the caller to close. */
    DuckDBConnection connect() throws SQLException {
        return database.connectStreaming();
    }

    @Override
    public void close() {
        try (database) {
            flusher.close();
        } finally {
            sweep(folder.resolveSibling(folder.getFileName().toString().replaceFirst("\\.rebuild$", "")));
        }
    }
}
