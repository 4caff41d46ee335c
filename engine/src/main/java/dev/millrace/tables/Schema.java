package dev.millrace.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a dataset, in order. A column's number is its place here: columns are only ever added at the end, each with
 * the schema version that brought it, so that a number means the same in every version. Immutable.
 *
 * <p>The first two columns are always {@code symbol} and {@code date}. Rows are sorted by the key within a symbol and day,
 * and no two have the same.
 */
public final class Schema {

    /** Number of the column {@code symbol}. */
    public static final int SYMBOL = 0;
    /** Number of the column {@code date}, the UTC day of {@link #time}. */
    public static final int DATE = 1;
    /** A row notes in one long which columns have a value. */
    private static final int MOST_COLUMNS = Long.SIZE;

    private final String name;
    private final int version;
    private final List<Column> columns;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[] key;
    private final int time;
    private final int latest;

    private Schema(Builder builder) {
        name = builder.name;
        columns = List.copyOf(builder.columns);
        version = columns.stream().mapToInt(Column::since).max().orElse(1);
        for (int i = 0; i < columns.size(); i++) {
            if (numbers.put(columns.get(i).name(), i) != null) {
                throw new IllegalArgumentException(
                        name + " has two columns " + columns.get(i).name());
            }
        }
        if (columns.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    name + " has " + columns.size() + " columns; a row holds at most " + MOST_COLUMNS);
        }
        key = builder.key.stream().mapToInt(this::column).toArray();
        time = column(builder.time);
        latest = builder.latest == null ? -1 : column(builder.latest);
    }

    /** A schema that begins with {@code symbol} and {@code date}. */
    static Builder of(String name) {
        return new Builder(name).required("symbol", ColumnType.TEXT).required("date", ColumnType.DATE);
    }

    public String name() {
        return name;
    }

    /** The newest version that brought a column: 1, 2 … */
    public int version() {
        return version;
    }

    public List<Column> columns() {
        return columns;
    }

    /**
     * The number of a column.
     *
     * @throws IllegalArgumentException when there is none of that name, with those there are
     */
    public int column(String columnName) {
        Integer number = numbers.get(columnName);
        if (number == null) {
            throw new IllegalArgumentException(name + " has no column " + columnName + "; it has "
                    + columns.stream().map(Column::name).toList());
        }
        return number;
    }

    /** The columns that rows are sorted by, and that tell one row of a symbol and day from another. */
    public List<Column> key() {
        return Arrays.stream(key).mapToObj(columns::get).toList();
    }

    /** The number of the column whose UTC day is {@code date}. */
    public int time() {
        return time;
    }

    /** The number of the column whose greater value wins between two rows of one key; −1 where the newly written wins. */
    public int latest() {
        return latest;
    }

    /** Ascending order of the keys. Texts go by code unit, which for the labels in keys is also their order in UTF-8. */
    public int compareKeys(Row one, Row other) {
        for (int column : key) {
            int order = columns.get(column).type() == ColumnType.TEXT
                    ? one.text(column).compareTo(other.text(column))
                    : Long.compare(one.longAt(column), other.longAt(column));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Names the columns in order, then what is special about some. */
    static final class Builder {

        private final String name;
        private final List<Column> columns = new ArrayList<>();
        private List<String> key = List.of();
        private String time = "timestamp";
        private String latest;

        private Builder(String name) {
            this.name = name;
        }

        Builder required(String column, ColumnType type) {
            columns.add(new Column(column, type, true, 1));
            return this;
        }

        Builder optional(ColumnType type, String... names) {
            for (String column : names) {
                columns.add(new Column(column, type, false, 1));
            }
            return this;
        }

        Builder since(int version, String column, ColumnType type) {
            columns.add(new Column(column, type, false, version));
            return this;
        }

        /** The column whose day is {@code date}; {@code timestamp} unless told. */
        Builder time(String column) {
            time = column;
            return this;
        }

        Builder latest(String column) {
            latest = column;
            return this;
        }

        /** Sets the key, of required columns, and makes the schema. */
        Schema key(String... names) {
            key = new ArrayList<>();
            Collections.addAll(key, names);
            Schema schema = new Schema(this);
            for (Column column : schema.key()) {
                if (!column.required() || column.type() == ColumnType.DOUBLE || column.type() == ColumnType.FLAG) {
                    throw new IllegalArgumentException(name + ": " + column + " cannot be part of a key");
                }
            }
            return schema;
        }
    }
}
