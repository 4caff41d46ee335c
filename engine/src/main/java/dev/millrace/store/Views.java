package dev.millrace.store;

import dev.millrace.lake.EmptyFile;
import dev.millrace.lake.Lake;
import dev.millrace.lake.LakeException;
import dev.millrace.tables.Column;
import dev.millrace.tables.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views that join the tables and the lake; {@code views.sql}. DuckDB refuses a pattern that matches no file, so a dataset
 * that has left the tables nowhere yet has an empty view of the lake instead. The owner's thread.
 */
final class Views {

    private static final Logger LOG = LoggerFactory.getLogger(Views.class);

    private Views() {}

    /** Makes them for what the lake holds now. */
    static void create(DuckDBConnection connection, Path lake) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Dataset dataset : Partitions.ROLLED) {
                boolean held = isInLake(connection, dataset);
                if (held) {
                    makeEmpty(dataset, lake);
                }
                statement.execute("CREATE OR REPLACE VIEW lake_" + dataset.label() + " AS "
                        + (held ? lakeSide(dataset, lake) : nothing(dataset)));
            }
            joined(statement);
        }
    }

    private static void makeEmpty(Dataset dataset, Path lake) {
        try {
            EmptyFile.make(dataset, lake);
        } catch (LakeException e) { // whoever writes the lake fails too and says what to do; to read, it is not needed
            LOG.warn("{}; a damaged file of {} may be in the way of others", e.getMessage(), dataset.label());
        }
    }

    /** Makes them over tables that are empty, for what these partitions of a lake hold. */
    static void ofLakeAlone(DuckDBConnection connection, Lake lake) throws SQLException {
        Set<Dataset> held = EnumSet.noneOf(Dataset.class);
        lake.partitions().forEach(partition -> held.add(partition.dataset()));
        try (Statement statement = connection.createStatement()) {
            for (Dataset dataset : Partitions.ROLLED) {
                String rows = held.contains(dataset)
                        ? "SELECT " + names(dataset, "l.") + " FROM " + files(dataset, lake.folder()) + " AS l"
                        : nothing(dataset);
                statement.execute("CREATE OR REPLACE VIEW lake_" + dataset.label() + " AS " + rows);
            }
            joined(statement);
        }
    }

    private static void joined(Statement statement) throws SQLException {
        statement.execute(Migrations.sql("views.sql"));
        statement.execute(Migrations.sql("indicators.sql"));
    }

    /** The rows of the files of days that are read from there, up to the record that their files are known to hold. */
    private static String lakeSide(Dataset dataset, Path lake) {
        return "SELECT " + names(dataset, "l.") + " FROM " + files(dataset, lake) + " AS l"
                + " JOIN partitions AS p ON p.dataset = '" + dataset.label()
                + "' AND p.side = 'lake' AND p.symbol = l.symbol AND p.date = l.date"
                + " WHERE coalesce(l.journal_seq, 0) <= p.seq_to";
    }

    private static String nothing(Dataset dataset) {
        return "SELECT " + names(dataset, "") + " FROM " + HotDay.table(dataset) + " WHERE false";
    }

    private static String names(Dataset dataset, String prefix) {
        return dataset.schema().columns().stream()
                .map(Column::name)
                .filter(name -> !name.equals("date"))
                .map(name -> prefix + name)
                .collect(Collectors.joining(", "));
    }

    /** The empty file is the first: DuckDB plans each query by that, whatever is wrong with others. */
    private static String files(Dataset dataset, Path lake) {
        Path empty = EmptyFile.of(dataset, lake);
        String pattern = literal(lake.resolve(dataset.label()) + "/*/*/" + dataset.label() + ".parquet");
        String files = Files.exists(empty) ? "[" + literal(empty.toString()) + ", " + pattern + "]" : pattern;
        return "read_parquet(" + files + ", union_by_name = " + hasOlderColumns(dataset)
                + ", hive_partitioning = true, hive_types = {'symbol': VARCHAR, 'date': DATE})";
    }

    private static String literal(String path) {
        return "'" + Path.of(path).toAbsolutePath().toString().replace("'", "''") + "'";
    }

    /**
     * Whether files may lack columns that later ones have. Otherwise DuckDB need not open every file to plan a query, and a
     * damaged one is in the way of its own rows only.
     */
    private static boolean hasOlderColumns(Dataset dataset) {
        return dataset.schema().version() > 1;
    }

    private static boolean isInLake(DuckDBConnection connection, Dataset dataset) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM partitions WHERE side = 'lake' AND dataset = '"
                                + dataset.label() + "'")) {
            row.next();
            return row.getLong(1) > 0;
        }
    }
}
