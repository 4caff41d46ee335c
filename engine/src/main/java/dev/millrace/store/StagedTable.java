package dev.millrace.store;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The tables that a rebuild fills again, by dataset; each has a temporary one beside it for the rows of a day. */
enum StagedTable {
    TICK_DATA(Table.TICK_DATA, Dataset.TICK_DATA, true),
    BOOK_TOPS(Table.BOOK_TOPS, Dataset.BOOK_TOPS, true),
    ASSET_CONTEXT(Table.ASSET_CONTEXT, Dataset.ASSET_CONTEXT, true),
    BOOKS(Table.BOOKS, Dataset.BOOKS, true),
    FEED_GAPS(Table.FEED_GAPS, Dataset.FEED_GAPS, true),
    OHLCV_BARS(Table.OHLCV_BARS, Dataset.OHLCV, true),
    BAR_REVISIONS(Table.OHLCV_BARS, Dataset.OHLCV, false),
    OHLCV_1S(Table.OHLCV_1S, Dataset.OHLCV, false);

    private final Table layout;
    private final Dataset dataset;
    private final boolean rolled;

    StagedTable(Table layout, Dataset dataset, boolean rolled) {
        this.layout = layout;
        this.dataset = dataset;
        this.rolled = rolled;
    }

    static List<StagedTable> of(Collection<Dataset> datasets) {
        return Arrays.stream(values())
                .filter(table -> datasets.contains(table.dataset))
                .toList();
    }

    /** The datasets of them all: history of the venue is collected again, not made again. */
    static Set<Dataset> datasets() {
        Set<Dataset> datasets = EnumSet.noneOf(Dataset.class);
        for (StagedTable table : values()) {
            datasets.add(table.dataset);
        }
        return datasets;
    }

    /** The one whose rows go to the lake. */
    static StagedTable of(Dataset dataset) {
        return of(List.of(dataset)).get(0);
    }

    /** The days of which one of them holds rows. */
    static SortedSet<LocalDate> days(Connection connection) throws SQLException {
        SortedSet<LocalDate> days = new TreeSet<>();
        for (StagedTable table : values()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT DISTINCT CAST(" + table.time() + " AS DATE) FROM main." + table.sqlName())) {
                while (rows.next()) {
                    days.add(rows.getObject(1, LocalDate.class));
                }
            }
        }
        return days;
    }

    /** Its columns. */
    Table layout() {
        return layout;
    }

    Dataset dataset() {
        return dataset;
    }

    /** Whether its rows leave it for the lake. */
    boolean isRolled() {
        return rolled;
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The temporary one, of the owner's connection. */
    String staged() {
        return "temp.rebuilt_" + sqlName();
    }

    /** The column by which a row belongs to a day. */
    String time() {
        Schema schema = dataset.schema();
        return schema.columns().get(schema.time()).name();
    }
}
