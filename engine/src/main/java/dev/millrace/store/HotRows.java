package dev.millrace.store;

import dev.millrace.lake.Partition;
import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * The rows of one partition as the tables hold them, in the order of the lake; of several rows of one key the latest. For one
 * thread.
 */
final class HotRows implements RowCursor {

    private static final long DAY_MS = 86_400_000;

    private final Partition partition;
    private final Schema schema;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final Row row;

    private HotRows(Partition partition, PreparedStatement statement, ResultSet rows) {
        this.partition = partition;
        this.statement = statement;
        this.rows = rows;
        schema = partition.dataset().schema();
        row = new Row(schema);
    }

    /**
     * @param fromMs exchange time of the first row wanted
     * @param toMs end, exclusive
     * @param afterSequence only rows made by later records of the journal
     */
    static HotRows open(DuckDBConnection connection, HotDay day, long fromMs, long toMs, long afterSequence)
            throws SQLException {
        Schema schema = day.partition().dataset().schema();
        String rows = "(FROM " + day.table() + " WHERE coalesce(journal_seq, 0) > " + afterSequence + ")";
        String latest = " QUALIFY row_number() OVER (PARTITION BY " + key(schema) + " ORDER BY journal_seq DESC) = 1";
        return open(connection, day.partition(), rows, latest, fromMs, toMs);
    }

    /** Those of the partition's day that a relation gives, which names each key once. */
    static HotRows of(DuckDBConnection connection, Partition partition, String relation) throws SQLException {
        long startMs = partition.date().toEpochDay() * DAY_MS;
        return open(connection, partition, relation, "", startMs, startMs + DAY_MS);
    }

    private static HotRows open(
            DuckDBConnection connection, Partition partition, String relation, String qualify, long fromMs, long toMs)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql(partition, relation, qualify));
        try {
            statement.setString(1, partition.symbol());
            statement.setLong(2, fromMs * 1_000);
            statement.setLong(3, toMs * 1_000);
            return new HotRows(partition, statement, statement.executeQuery());
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static String sql(Partition partition, String relation, String qualify) {
        Schema schema = partition.dataset().schema();
        String time = schema.columns().get(schema.time()).name();
        String values = schema.columns().stream()
                .filter(column -> column.type() != ColumnType.DATE)
                .map(column -> column.type() == ColumnType.TIME ? "epoch_us(" + column.name() + ")" : column.name())
                .collect(Collectors.joining(", "));
        return "SELECT " + values + " FROM " + relation + " WHERE symbol = ? AND " + time
                + " >= make_timestamptz(?) AND " + time + " < make_timestamptz(?)" + qualify + " ORDER BY "
                + key(schema);
    }

    private static String key(Schema schema) {
        return schema.key().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    @Override
    public boolean next() {
        try {
            if (!rows.next()) {
                return false;
            }
            fill();
            return true;
        } catch (SQLException e) {
            throw new StoreException("cannot read " + partition + " from the tables: " + Database.firstLine(e), e);
        }
    }

    private void fill() throws SQLException {
        row.clear();
        List<Column> columns = schema.columns();
        int at = 1;
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).type() != ColumnType.DATE) {
                set(i, columns.get(i).type(), at++);
            }
        }
        row.setLong(Schema.DATE, partition.date().toEpochDay());
    }

    private void set(int column, ColumnType type, int at) throws SQLException {
        switch (type) {
            case DOUBLE -> {
                double value = rows.getDouble(at);
                if (!rows.wasNull()) {
                    row.setDouble(column, value);
                }
            }
            case LONG, TIME -> {
                long value = rows.getLong(at);
                if (!rows.wasNull()) {
                    row.setLong(column, value);
                }
            }
            case FLAG -> {
                boolean value = rows.getBoolean(at);
                if (!rows.wasNull()) {
                    row.setFlag(column, value);
                }
            }
            case TEXT -> {
                String value = rows.getString(at);
                if (value != null) {
                    row.setText(column, value);
                }
            }
            case DATE -> throw new IllegalStateException("no table has a column of days");
        }
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public void close() {
        try {
            statement.close();
        } catch (SQLException e) {
            throw new StoreException("cannot close the rows of " + partition, e);
        }
    }
}
