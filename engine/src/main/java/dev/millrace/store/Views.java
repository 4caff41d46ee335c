package dev.millrace.store;

import dev.millrace.tables.Column;
import dev.millrace.tables.Dataset;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * The views that join the tables and the lake; {@code views.sql}. DuckDB refuses a pattern that matches no file, so a dataset
 * that has left the tables nowhere yet has an empty view of the lake instead. The owner's thread.
 */
final class Views {

    private Views() {}

    /** Makes them for what the lake holds now. */
    static void create(DuckDBConnection connection, Path lake) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Dataset dataset : Partitions.ROLLED) {
                statement.execute("CREATE OR REPLACE VIEW lake_" + dataset.label() + " AS "
                        + lakeSide(connection, dataset, lake));
            }
            statement.execute(Migrations.sql("views.sql"));
        }
    }

    /** The rows of the files of days that are read from there, up to the record that their files are known to hold. */
    private static String lakeSide(DuckDBConnection connection, Dataset dataset, Path lake) throws SQLException {
        List<String> columns = dataset.schema().columns().stream()
                .map(Column::name)
                .filter(name -> !name.equals("date"))
                .toList();
        if (!isInLake(connection, dataset)) {
            return "SELECT " + String.join(", ", columns) + " FROM " + HotDay.table(dataset) + " WHERE false";
        }
        String files = lake.resolve(dataset.label()).toAbsolutePath() + "/*/*/" + dataset.label() + ".parquet";
        String names = columns.stream().map(name -> "l." + name).collect(Collectors.joining(", "));
        return "SELECT " + names + " FROM read_parquet('" + files.replace("'", "''")
                + "', union_by_name = " + hasOlderColumns(dataset) + ", hive_partitioning = true,"
                + " hive_types = {'symbol': VARCHAR, 'date': DATE}) AS l"
                + " JOIN partitions AS p ON p.dataset = '" + dataset.label()
                + "' AND p.side = 'lake' AND p.symbol = l.symbol AND p.date = l.date"
                + " WHERE coalesce(l.journal_seq, 0) <= p.seq_to";
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
